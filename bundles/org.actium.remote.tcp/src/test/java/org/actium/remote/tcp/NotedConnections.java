package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** A transport that notes which connections there are, and changes nothing. */
final class NotedConnections implements Transport {

    private final Transport real;
    private final List<Connection> made = new CopyOnWriteArrayList<>();
    private final List<Connection> ended = new CopyOnWriteArrayList<>();

    NotedConnections(Transport real) {
        this.real = real;
    }

    /** Those that somebody has dialled, and that have not ended. */
    List<Connection> open() {
        return made.stream().filter(connection -> !ended.contains(connection)).toList();
    }

    /** How many were ever made. */
    int made() {
        return made.size();
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public List<Endpoint> probe(List<Endpoint> endpoints) {
        return real.probe(endpoints);
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        return real.listen(endpoint, connection -> {
            made.add(connection);
            return noting(acceptor.accepted(connection));
        });
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return noted(real.dial(endpoint, timeout, noting(handler)));
    }

    @Override
    public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return noted(real.dialStranger(endpoint, timeout, noting(handler)));
    }

    private Connection noted(Connection connection) {
        made.add(connection);
        return connection;
    }

    private ConnectionHandler noting(ConnectionHandler handler) {
        return new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                handler.received(from, frame);
            }

            @Override
            public void closed(Connection connection, String reason) {
                ended.add(connection);
                handler.closed(connection, reason);
            }
        };
    }
}
