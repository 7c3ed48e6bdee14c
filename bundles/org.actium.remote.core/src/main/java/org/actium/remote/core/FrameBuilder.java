package org.actium.remote.core;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A frame in the making. Numbers are big-endian; a text is its length in UTF-8 and its bytes. */
final class FrameBuilder extends OutputStream {

    private byte[] bytes;
    private int size;

    FrameBuilder(int expectedSize) {
        bytes = new byte[expectedSize];
    }

    /** What was built, without a copy: nothing may be added afterwards. */
    ByteBuffer toFrame() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    int size() {
        return size;
    }

    FrameBuilder putByte(int value) {
        write(value);
        return this;
    }

    FrameBuilder putInt(int value) {
        reserve(Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(size, value);
        size += Integer.BYTES;
        return this;
    }

    FrameBuilder putLong(long value) {
        reserve(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += Long.BYTES;
        return this;
    }

    FrameBuilder putBytes(byte[] value) {
        write(value, 0, value.length);
        return this;
    }

    FrameBuilder putBytes(ByteBuffer value) {
        reserve(value.remaining());
        value.get(value.position(), bytes, size, value.remaining());
        size += value.remaining();
        return this;
    }

    FrameBuilder putText(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return putInt(utf8.length).putBytes(utf8);
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, count)));
        }
    }
}
