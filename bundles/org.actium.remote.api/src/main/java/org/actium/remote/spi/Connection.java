package org.actium.remote.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /**
     * Sends a short frame unless that would have to wait; in order with others.
     *
     * @return whether it was sent
     * @throws IOException as {@link #send(ByteBuffer, ByteBuffer)}
     */
    default boolean trySend(ByteBuffer head, ByteBuffer body) throws IOException {
        return false;
    }

    /**
     * Has something done that came of a frame and may take long or block. The thread that reads may do it itself, if nothing
     * else has come; then another one reads. Called only by the thread that hands over a frame, before that returns.
     *
     * @param what who waits for it, see {@link #readUntil}
     * @return false if not: its caller finds a thread
     */
    default boolean serve(Object what, Runnable task) {
        return false;
    }

    /**
     * As {@link #serve}, for something short that belongs to the transport of messages, such as an acknowledgement, and may
     * have to wait for the other side: once, when all frames are handled that came together.
     *
     * @return false if not: its caller finds a thread
     */
    default boolean afterwards(Runnable errand) {
        return false;
    }

    /**
     * A thread of the system waits for something that will come over this connection: if nobody reads at the moment it
     * reads itself, for a short time, and does what is to be {@link #serve served} for it. Returns at any time, whether it is
     * there or not; whoever goes on waiting then waits elsewhere.
     *
     * @param there whether it is there
     */
    default void readUntil(Object what, BooleanSupplier there) {}

    /** Somebody waits for something that will come over this connection, and does not read: another thread is to, at once. */
    default void readSoon() {}

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

    /**
     * The host at the other end, as an endpoint names it; not that of the other side if addresses are translated on the way.
     * Empty if frames pass through somebody else.
     */
    default Optional<String> host() {
        return Optional.empty();
    }
}
