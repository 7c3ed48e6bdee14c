package org.actium.remote.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerIdentity;

/** A connection through a tunnel, which ends with it when all that was sent is through. */
record ForwardedConnection(Connection inner, Way way) implements Connection {

    /** What the connection in the tunnel gives its frames to. */
    record Handler(ConnectionHandler outer, Way way) implements ConnectionHandler {

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            outer.received(new ForwardedConnection(connection, way), frame);
        }

        @Override
        public void closed(Connection connection, String reason) {
            outer.closed(new ForwardedConnection(connection, way), reason);
        }
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body) throws IOException {
        inner.send(head, body);
    }

    @Override
    public PeerIdentity identity() {
        return inner.identity();
    }

    @Override
    public void admit() {
        inner.admit();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String peer() {
        return way.toString();
    }
}
