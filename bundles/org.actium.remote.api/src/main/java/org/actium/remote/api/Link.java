package org.actium.remote.api;

import java.nio.ByteBuffer;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** The open connection to another runtime. Frames of one channel arrive in the order in which they were sent. */
@ProviderType
public interface Link {

    /** The longest frame that can be sent. */
    int MAX_FRAME_BYTES = (64 << 20) - 1;

    RuntimeAddress peer();

    /**
     * Sends a frame; may block while the other side is slow. The link neither keeps nor changes the buffer.
     *
     * @throws IllegalArgumentException if the frame is longer than {@link #MAX_FRAME_BYTES}; nothing was sent
     * @throws LinkClosedException if the link is closed; whether the frame arrived is then unknown
     */
    void send(Channel channel, ByteBuffer frame);

    boolean isOpen();

    /** Closes the connection; whoever needs it dials again. */
    void close(String reason);
}
