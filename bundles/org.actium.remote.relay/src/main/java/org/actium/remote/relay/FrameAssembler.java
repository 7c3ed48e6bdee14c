package org.actium.remote.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.actium.remote.spi.Connection;

/** Makes frames of bytes: a frame is its length in four bytes, and its content. Used by one thread at a time. */
final class FrameAssembler {

    private static final int FIRST_BYTES = 4 << 10;

    private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
    private byte[] frame = new byte[0];
    private int length = -1;
    private int filled;
    private boolean admitted;

    void admit() {
        admitted = true;
    }

    /** @throws IOException if a frame is announced that is too long */
    void add(ByteBuffer bytes, Consumer<ByteBuffer> frames) throws IOException {
        while (bytes.hasRemaining()) {
            if (length < 0) {
                begin(bytes);
            } else {
                fill(bytes);
            }
            if (length >= 0 && filled == length) {
                ByteBuffer complete = ByteBuffer.wrap(frame, 0, length);
                length = -1;
                frames.accept(complete);
            }
        }
    }

    private void begin(ByteBuffer bytes) throws IOException {
        while (head.hasRemaining() && bytes.hasRemaining()) {
            head.put(bytes.get());
        }
        if (!head.hasRemaining()) {
            length = head.flip().getInt();
            head.clear();
            filled = 0;
            int limit = admitted ? Connection.MAX_FRAME_BYTES : Connection.MAX_FRAME_BYTES_OF_STRANGERS;
            if (length < 0 || length > limit) {
                throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes was announced; "
                        + limit + " are allowed");
            }
            frame = new byte[Math.min(length, FIRST_BYTES)];
        }
    }

    /** Memory grows with what arrives, not with what is announced. */
    private void fill(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), length - filled);
        if (filled + count > frame.length) {
            frame = Arrays.copyOf(frame, Math.min(length, Math.max(filled + count, 2 * frame.length)));
        }
        bytes.get(frame, filled, count);
        filled += count;
    }
}
