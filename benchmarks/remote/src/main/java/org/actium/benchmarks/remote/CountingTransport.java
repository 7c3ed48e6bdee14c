package org.actium.benchmarks.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerIdentity;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** Counts what goes over a transport. */
final class CountingTransport {

    private static final int LENGTH_BYTES = 4;

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();

    Traffic traffic() {
        return new Traffic(sent.sum(), received.sum());
    }

    Transport over(Transport transport) {
        return new Counted(transport);
    }

    private final class Counted implements Transport {
        private final Transport transport;

        Counted(Transport transport) {
            this.transport = transport;
        }

        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
            return transport.listen(endpoint, connection -> {
                CountedConnection counted = new CountedConnection(connection);
                return new CountingHandler(acceptor.accepted(counted), counted);
            });
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            CountingHandler counting = new CountingHandler(handler, null);
            return counting.counted(transport.dial(endpoint, timeout, counting));
        }

        @Override
        public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler)
                throws IOException {
            CountingHandler counting = new CountingHandler(handler, null);
            return counting.counted(transport.dialStranger(endpoint, timeout, counting));
        }
    }

    /** Shows its handler one and the same connection that counts, whoever is first to need it. */
    private final class CountingHandler implements ConnectionHandler {
        private final ConnectionHandler handler;
        private final AtomicReference<Connection> counted;

        CountingHandler(ConnectionHandler handler, Connection counted) {
            this.handler = handler;
            this.counted = new AtomicReference<>(counted);
        }

        Connection counted(Connection connection) {
            counted.compareAndSet(null, new CountedConnection(connection));
            return counted.get();
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            received.add(LENGTH_BYTES + frame.remaining());
            handler.received(counted(connection), frame);
        }

        @Override
        public void closed(Connection connection, String reason) {
            handler.closed(counted(connection), reason);
        }
    }

    private final class CountedConnection implements Connection {
        private final Connection connection;

        CountedConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void send(ByteBuffer head, ByteBuffer body) throws IOException {
            sent.add(LENGTH_BYTES + head.remaining() + body.remaining());
            connection.send(head, body);
        }

        @Override
        public void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
            sent.add(LENGTH_BYTES + head.remaining() + body.remaining());
            connection.send(head, body, moreFollow);
        }

        @Override
        public PeerIdentity identity() {
            return connection.identity();
        }

        @Override
        public void admit() {
            connection.admit();
        }

        @Override
        public void close() {
            connection.close();
        }

        @Override
        public String peer() {
            return connection.peer();
        }
    }
}
