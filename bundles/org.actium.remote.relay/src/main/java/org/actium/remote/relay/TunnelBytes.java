package org.actium.remote.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.actium.remote.spi.PeerIdentity;

/**
 * What the bytes in a tunnel are, between frames and the links that carry them. One thread at a time writes, one reads; both
 * may be at it at once.
 */
interface TunnelBytes {

    /** Takes what goes out; blocks while the other side has granted no more. */
    @FunctionalInterface
    interface Output {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Takes what has come in. */
    @FunctionalInterface
    interface Input {
        void read(ByteBuffer bytes) throws IOException;
    }

    /** Begins; the side that has dialled may write. */
    void begin() throws IOException;

    /** Takes what came out of the tunnel. */
    void received(ByteBuffer bytes, Input input) throws IOException;

    /** Sends all that remains in the buffers. */
    void write(ByteBuffer... plain) throws IOException;

    /** Whether frames may be sent. */
    boolean isGreeted();

    /** @throws IOException if the other side is not as expected */
    PeerIdentity identity() throws IOException;
}
