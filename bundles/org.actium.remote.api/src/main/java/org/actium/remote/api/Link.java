package org.actium.remote.api;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to another runtime. Frames of one channel arrive once and in the order in which they were sent. A link outlives
 * its connection: while there is none, what is sent is kept, and nobody is told. It may have none for long if nobody uses or
 * {@linkplain LinkListener#needs needs} it.
 */
@ProviderType
public interface Link {

    /** The longest frame that can be sent. */
    int MAX_FRAME_BYTES = (64 << 20) - 1;

    RuntimeAddress peer();

    /**
     * Sends a frame; may block while the other side is slow. The link keeps the buffer until the other side has it, and
     * does not change it; nobody else may either.
     *
     * @throws IllegalArgumentException if the frame is longer than {@link #MAX_FRAME_BYTES}; nothing was sent
     * @throws LinkClosedException if the link is closed; whether the frame arrived is then unknown
     */
    void send(Channel channel, ByteBuffer frame);

    /**
     * As {@link #send}, for a frame on which nobody waits yet: another thread writes it, so that the sender may put more
     * behind it, which then leave together. In order with what {@code send} sends, which takes them along.
     */
    default void sendSoon(Channel channel, ByteBuffer frame) {
        send(channel, frame);
    }

    /** The sender begins to wait for what comes of what it has sent soon: writes that itself, if nobody does yet. */
    default void flush() {}

    /**
     * Memory for a frame that is to be sent over this link, once, and is read by nobody afterwards: the link may use it again
     * when the other side has the frame. What is not sent is left to the collector.
     *
     * @return an array of at least that length, with any content
     */
    default byte[] memory(int length) {
        return new byte[length];
    }

    /**
     * A frame that was {@linkplain FrameHandler#handedOver handed over}, or a slice of it, is read by nobody any more: the link may
     * use its memory again. Once; need not be called.
     */
    default void giveBack(ByteBuffer frame) {}

    /**
     * The version of the protocol that both sides speak. What a frame may say depends on it, see {@code
     * docs/wire-protocol.md}.
     */
    default int version() {
        return 3;
    }

    /**
     * Has something done that came of a frame and may take long or block, such as code of an application; on a thread of the
     * link, if that is cheaper. Only for a {@link FrameHandler} that has a frame.
     *
     * @param what who waits for it, see {@link #readUntil}
     * @return false if not: its caller finds a thread
     */
    default boolean serve(Object what, Runnable task) {
        return false;
    }

    /**
     * As {@link #serve}, for something short that sends: once, when all frames are handled that came together.
     *
     * @return false if not: its caller finds a thread
     */
    default boolean afterwards(Runnable errand) {
        return false;
    }

    /**
     * A thread of the system that waits for something from this link may read it itself, and does so for a short time if
     * nobody else does. Returns at any time, whether it is there or not.
     *
     * @param there whether it is there
     */
    default void readUntil(Object what, BooleanSupplier there) {}

    /** Whether this thread hands a frame of this link to its handler now, and so must not wait for the other side. */
    default boolean isReading() {
        return false;
    }

    boolean isOpen();

    /**
     * Whether it was closed because nobody listens any more where the other side did, so that its process has most likely
     * ended. A silent, refused or orderly end shows no such thing.
     */
    default boolean isPeerGone() {
        return false;
    }

    /**
     * What carries it now, for people: the transport, and where the other side is or by whom it is reached, for example {@code tcp
     * 10.0.0.5:4711}; with {@code , at rest} behind it if nothing does, because the link has not been used for long.
     */
    default String route() {
        return "unknown";
    }

    /** Ends the link; whoever needs it dials again. */
    void close(String reason);
}
