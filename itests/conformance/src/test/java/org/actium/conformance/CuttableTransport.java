package org.actium.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** A transport whose connections break when a test wants it. */
final class CuttableTransport implements Transport {

    private final Transport real;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean isolated;

    CuttableTransport(Transport real) {
        this.real = real;
    }

    /** Breaks what connections there are; new ones can be made. */
    void cut() {
        for (Connection connection : connections) {
            connections.remove(connection);
            connection.close();
        }
    }

    /** Breaks what connections there are, and lets no new ones come to be. */
    void isolate() {
        isolated = true;
        cut();
    }

    private <C extends Connection> C keep(C connection) throws IOException {
        connections.add(connection);
        if (isolated) {
            connection.close();
            throw new IOException("cut off");
        }
        return connection;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        return real.listen(endpoint, connection -> {
            try {
                return acceptor.accepted(keep(connection));
            } catch (IOException cutOff) {
                return new Deaf();
            }
        });
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        if (isolated) {
            throw new IOException("cut off");
        }
        return keep(real.dial(endpoint, timeout, handler));
    }

    /** For connections that nobody was to make. */
    private record Deaf() implements ConnectionHandler {
        @Override
        public void received(Connection connection, ByteBuffer frame) {}

        @Override
        public void closed(Connection connection, String reason) {}
    }
}
