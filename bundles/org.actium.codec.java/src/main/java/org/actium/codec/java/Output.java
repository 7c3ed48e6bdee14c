package org.actium.codec.java;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Bytes in the making. A <em>number</em> takes seven bits of a byte, the lowest first, as long as there are any. */
final class Output extends OutputStream {

    /** What is left when room was made for a long array: so much may follow without another copy of it. */
    private static final int SPARE = 128;

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    /** From this length on an array is asked for elsewhere. */
    private static final int LONG = 32 << 10;

    private final int begin;
    private final IntFunction<byte[]> memory;
    private byte[] bytes;
    private int size;

    Output(int expectedSize) {
        this(0, expectedSize, byte[]::new);
    }

    /**
     * @param room before what is written, for {@link #toBuffer}
     * @param memory finds or makes a long array of at least that length
     */
    Output(int room, int expectedSize, IntFunction<byte[]> memory) {
        this.memory = memory;
        begin = room;
        size = room;
        bytes = new byte[room + expectedSize];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }

    int size() {
        return size - begin;
    }

    /** Takes back what was written after that. */
    void truncate(int earlierSize) {
        size = begin + earlierSize;
    }

    /** What was written, behind the room, without a copy: nothing may be added afterwards. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, begin, size - begin);
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, begin, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, begin, size - begin);
    }

    void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putShort(int value) {
        reserve(Short.BYTES);
        SHORTS.set(bytes, size, (short) value);
        size += Short.BYTES;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** The longer the further from zero upwards; negative numbers take ten bytes. */
    void putNumber(long value) {
        reserve(10);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** The longer the further from zero in either direction. */
    void putSigned(long value) {
        putNumber(value << 1 ^ value >> 63);
    }

    /** Length as a number, and UTF-8. */
    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putNumber(utf8.length);
        write(utf8, 0, utf8.length);
    }

    /** The place for so many bytes, to be filled by the caller. */
    ByteBuffer space(int count) {
        reserve(count);
        ByteBuffer space = ByteBuffer.wrap(bytes, size, count).slice();
        size += count;
        return space;
    }

    @Override
    public void write(int value) {
        putByte(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void grow(int length) {
        if (length < LONG) {
            bytes = Arrays.copyOf(bytes, length);
        } else {
            byte[] larger = memory.apply(length);
            System.arraycopy(bytes, 0, larger, 0, size);
            bytes = larger;
        }
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            grow(Math.addExact(size, Math.max(size, Math.addExact(count, SPARE))));
        }
    }
}
