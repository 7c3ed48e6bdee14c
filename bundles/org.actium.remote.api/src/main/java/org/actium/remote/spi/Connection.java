package org.actium.remote.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** One connection. Frames arrive whole and in order, or the connection closes. */
@ConsumerType
public interface Connection {

    /** Frames longer than this are refused by {@link #send} and close the connection when received. */
    int MAX_FRAME_BYTES = 64 << 20;

    /** The same as long as {@link #admit} was not called. */
    int MAX_FRAME_BYTES_OF_STRANGERS = 8 << 10;

    /** Sends one frame; see {@link #send(ByteBuffer, ByteBuffer)}. */
    default void send(ByteBuffer frame) throws IOException {
        send(ByteBuffer.allocate(0), frame);
    }

    /**
     * Sends one frame that consists of two parts. Any thread may call it; frames of one thread keep their order. Blocks
     * while the other side does not read, and cannot be interrupted in that. Neither keeps nor changes the buffers.
     *
     * @throws IOException if the frame is too long, which changes nothing, or if the connection is closed or breaks;
     *     part of what was sent may not arrive then
     */
    void send(ByteBuffer head, ByteBuffer body) throws IOException;

    /**
     * As the other, and says whether another frame follows at once: then this one may wait for it.
     *
     * @throws IOException as the other
     */
    default void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
        send(head, body);
    }

    /** What is known of the other side; always the same. */
    default PeerIdentity identity() {
        return new PeerIdentity.Unknown();
    }

    /** The other side may send long frames from now on. Called on the reader's thread, while it hands over a frame. */
    default void admit() {}

    /** Closes both directions; the handler of this side hears {@code closed} too. Closing twice does nothing more. */
    void close();

    /** The address of the other side, for messages. */
    String peer();
}
