package org.actium.remote.api;

import java.nio.ByteBuffer;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to another runtime. Frames of one channel arrive once and in the order in which they were sent. A link outlives
 * its connection: while there is none, what is sent is kept, and nobody is told.
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
     * As {@link #send}, for a frame on which nobody waits: another thread writes it, so that the sender may put more
     * behind it, which then leave together. In order with what {@code send} sends.
     */
    default void sendSoon(Channel channel, ByteBuffer frame) {
        send(channel, frame);
    }

    boolean isOpen();

    /**
     * What carries it now, for people: the transport, and where the other side is or by whom it is reached, for example {@code tcp
     * 10.0.0.5:4711}.
     */
    default String route() {
        return "unknown";
    }

    /** Ends the link; whoever needs it dials again. */
    void close(String reason);
}
