package org.actium.codec.java;

import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes apart what {@link Output} put together. What ends early is a {@link BufferUnderflowException}. */
final class Input extends InputStream {

    private final ByteBuffer bytes;

    Input(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int getByte() {
        return bytes.get() & 0xff;
    }

    short getShort() {
        return bytes.getShort();
    }

    int getInt() {
        return bytes.getInt();
    }

    long getLong() {
        return bytes.getLong();
    }

    long getNumber() throws StreamCorruptedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = bytes.get();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new StreamCorruptedException("a number has more than 64 bits");
    }

    long getSigned() throws StreamCorruptedException {
        long value = getNumber();
        return value >>> 1 ^ -(value & 1);
    }

    /**
     * A number of things that are still to come.
     *
     * @param each bytes that one of them takes at least
     */
    int getCount(int each) throws StreamCorruptedException {
        long count = getNumber();
        if (count < 0 || count > bytes.remaining() / each) {
            throw new StreamCorruptedException(
                    count + " elements are announced, but there are " + bytes.remaining() + " bytes");
        }
        return (int) count;
    }

    String getText() throws StreamCorruptedException {
        return new String(getBytes(getCount(1)), StandardCharsets.UTF_8);
    }

    /** @param count there must be as many */
    byte[] getBytes(int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        if (bytes.hasArray()) { // without filling it with zeros first
            int from = bytes.arrayOffset() + bytes.position();
            bytes.position(bytes.position() + count);
            return Arrays.copyOfRange(bytes.array(), from, from + count);
        }
        byte[] copy = new byte[count];
        bytes.get(copy);
        return copy;
    }

    /** The next so many bytes, without a copy. */
    ByteBuffer slice(int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        return slice;
    }

    @Override
    public int available() {
        return bytes.remaining();
    }

    @Override
    public int read() {
        return bytes.hasRemaining() ? getByte() : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, bytes.remaining());
        if (count == 0) {
            return -1;
        }
        bytes.get(into, offset, count);
        return count;
    }
}
