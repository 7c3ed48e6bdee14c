package org.actium.remote.api;

import java.nio.ByteBuffer;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** The open connection to another runtime. Frames of one channel arrive in the order in which they were sent. */
@ProviderType
public interface Link {

    RuntimeAddress peer();

    /**
     * Sends a frame; may block while the other side is slow. The link does not keep the buffer after the call returns.
     *
     * @throws LinkClosedException if the link is closed; whether the frame arrived is then unknown
     */
    void send(Channel channel, ByteBuffer frame);

    boolean isOpen();

    /** Closes the connection; whoever needs it dials again. */
    void close(String reason);
}
