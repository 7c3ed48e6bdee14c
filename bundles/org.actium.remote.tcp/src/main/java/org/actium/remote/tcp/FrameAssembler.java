package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.actium.remote.spi.Connection;

/**
 * Makes frames of the bytes that arrive. Used by one thread, in turn: bytes into {@link #space()}, then {@link #next()}
 * until there is none. Memory grows with what has arrived of a frame, not with the length it claims.
 */
final class FrameAssembler {

    static final int LENGTH_BYTES = 4;

    private static final int CAPACITY = 64 << 10;
    /** The JDK copies through a buffer as large as the read, and keeps it. */
    private static final int MAX_SPACE = 256 << 10;

    private final int minSpace;
    private boolean begun;
    private volatile int maxFrameBytes = Connection.MAX_FRAME_BYTES_OF_STRANGERS;

    /** Used unless a frame is longer. */
    private final ByteBuffer usual;

    private ByteBuffer buffer;
    private ByteBuffer frame;
    /** Where in the buffer the first byte is that was not handed out; the position is behind the last one. */
    private int start;

    /**
     * @param stream from which the bytes come; it needs half of the capacity at most
     * @param preamble whether it comes before the first frame
     */
    FrameAssembler(ByteStream stream, boolean preamble) {
        this.minSpace = stream.roomToRead();
        this.begun = !preamble;
        this.usual = stream.buffer(CAPACITY);
        use(usual);
    }

    /** From now on frames may be as long as frames can be. Any thread may call it. */
    void admit() {
        maxFrameBytes = Connection.MAX_FRAME_BYTES;
    }

    /** Where to put the bytes that arrive next. */
    ByteBuffer space() {
        return buffer.limit(Math.min(buffer.capacity(), buffer.position() + MAX_SPACE));
    }

    /**
     * The next frame, from position to limit; {@code null} if it is not complete. Valid until the next call.
     *
     * @throws IOException if it is longer than allowed
     */
    ByteBuffer next() throws IOException {
        if (!begun && buffer.position() - start >= Preamble.BYTES) {
            Preamble.check(buffer.slice(start, Preamble.BYTES));
            start += Preamble.BYTES;
            begun = true;
        }
        int available = begun ? buffer.position() - start - LENGTH_BYTES : -1;
        if (available < 0) {
            makeRoom(LENGTH_BYTES);
            return null;
        }
        int length = buffer.getInt(start);
        if (length < 0 || length > maxFrameBytes) {
            throw new IOException("the other side announces a frame of " + Integer.toUnsignedString(length) + " bytes; "
                    + maxFrameBytes + " are allowed"
                    + (maxFrameBytes == Connection.MAX_FRAME_BYTES ? "" : " before it is admitted"));
        }
        if (available < length) {
            makeRoom(LENGTH_BYTES + length);
            return null;
        }
        start += LENGTH_BYTES + length;
        return frame.clear().limit(start).position(start - length);
    }

    /** Whether all that has arrived was handed out. */
    boolean isEmpty() {
        return start == buffer.position();
    }

    private void makeRoom(int frameBytes) {
        if (start == buffer.position()) {
            start = 0;
            if (buffer != usual) {
                use(usual);
            }
            buffer.clear();
        } else if (buffer.capacity() - buffer.position() < minSpace) {
            buffer.limit(buffer.position()).position(start);
            start = 0;
            boolean mostOfItCame = buffer.remaining() > buffer.capacity() / 2;
            int wanted = mostOfItCame ? Math.clamp(frameBytes + minSpace, CAPACITY, 2 * buffer.capacity()) : 0;
            if (wanted > buffer.capacity()) {
                use(ByteBuffer.allocate(wanted).put(buffer));
            } else {
                buffer.compact();
            }
        }
    }

    private void use(ByteBuffer other) {
        buffer = other;
        frame = other.duplicate();
    }
}
