package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.actium.remote.api.Link;

/**
 * A long frame that arrives in parts. Each part begins with its channel and the highest bit; the first one has the length
 * of the whole behind that, in four bytes. Of one link only one frame at a time is in parts.
 */
final class Partial {

    /** Longer frames are sent in parts of at most this length. */
    static final int PART_BYTES = 60 << 10;

    /** Of parts no more than this is on its way, so that there is room for short frames. */
    static final int WINDOW_BYTES = Outgoing.WINDOW_BYTES / 2;

    private static final int PART = 0x80;
    /** Memory is taken for what has come or may be on its way, and not for what was announced. */
    private static final int MIN_CAPACITY = WINDOW_BYTES;

    private final int channel;
    private final int length;
    private byte[] bytes;
    private int size;

    private Partial(int channel, int length, IntFunction<byte[]> memory) {
        this.channel = channel;
        this.length = length;
        this.bytes = memory.apply(Math.min(length, MIN_CAPACITY));
    }

    static boolean isPart(int head) {
        return (head & PART) != 0;
    }

    /** @param head as the byte it is */
    private static int channelOf(int head) {
        return head & (PART - 1);
    }

    /** What precedes the first part of a frame. */
    static ByteBuffer firstHead(int channel, int length) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) (channel | PART))
                .putInt(length)
                .flip();
    }

    /** What precedes another part of it. */
    static ByteBuffer nextHead(int channel) {
        return ByteBuffer.allocate(1).put((byte) (channel | PART)).flip();
    }

    /**
     * @param part the first one, behind its channel
     * @param memory makes or finds an array of at least that length
     * @throws IllegalArgumentException if it announces more than a frame may have
     */
    static Partial begin(int head, ByteBuffer part, IntFunction<byte[]> memory) {
        int length = part.getInt();
        if (length <= 0 || length > Link.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + Integer.toUnsignedString(length)
                    + " bytes is announced in parts; " + Link.MAX_FRAME_BYTES + " are allowed");
        }
        return new Partial(channelOf(head), length, memory);
    }

    /**
     * @param part behind its channel, and behind the length
     * @throws IllegalArgumentException if it does not belong to this frame
     */
    void add(int head, ByteBuffer part) {
        int count = part.remaining();
        if (channelOf(head) != channel || count == 0 || count > length - size) {
            throw new IllegalArgumentException("a part of " + count + " bytes for channel " + channelOf(head)
                    + " is none of a frame for channel " + channel + " that lacks " + (length - size));
        }
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(2L * bytes.length, (long) size + count)));
        }
        part.get(bytes, size, count);
        size += count;
    }

    boolean isComplete() {
        return size == length;
    }

    int channel() {
        return channel;
    }

    ByteBuffer frame() {
        return ByteBuffer.wrap(bytes, 0, size);
    }
}
