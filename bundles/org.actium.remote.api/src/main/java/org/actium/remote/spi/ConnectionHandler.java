package org.actium.remote.spi;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes what arrives on a connection: frames one at a time from one reader thread, then {@link #closed} once. */
@ConsumerType
public interface ConnectionHandler {

    /**
     * Must not keep the buffer after it returns, and must not block. An exception closes the connection.
     *
     * @param frame from its position to its limit
     */
    void received(Connection connection, ByteBuffer frame);

    /** @param reason for the operator, for example {@code closed by the other side} */
    void closed(Connection connection, String reason);
}
