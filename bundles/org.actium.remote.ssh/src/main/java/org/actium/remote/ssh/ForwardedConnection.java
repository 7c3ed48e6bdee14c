package org.actium.remote.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
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
    public void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
        inner.send(head, body, moreFollow);
    }

    @Override
    public boolean trySend(ByteBuffer head, ByteBuffer body) throws IOException {
        return inner.trySend(head, body);
    }

    @Override
    public boolean serve(Object what, Runnable task) {
        return inner.serve(what, task);
    }

    @Override
    public boolean afterwards(Runnable errand) {
        return inner.afterwards(errand);
    }

    @Override
    public void readUntil(Object what, BooleanSupplier there) {
        inner.readUntil(what, there);
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
