package org.actium.remote.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the frames of one channel. Called by the reader of the link, one frame at a time and in order: it must not
 * block, and must not keep the buffer after it returns. An exception closes the link.
 */
@ConsumerType
@FunctionalInterface
public interface FrameHandler {

    void received(Link from, ByteBuffer frame);

    /** As {@link #received}, with a buffer that belongs to the handler from now on: it may keep it. */
    default void handedOver(Link from, ByteBuffer frame) {
        received(from, frame);
    }

    /**
     * The other side dropped a frame of this channel, because nobody handles the channel there (yet).
     *
     * @param start the first bytes of that frame, at most {@value #REFUSED_BYTES}
     */
    default void refused(Link by, ByteBuffer start) {}

    /** How much of a refused frame comes back. */
    int REFUSED_BYTES = 32;
}
