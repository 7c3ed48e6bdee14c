package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on a platform thread and gives each a reader of its own. */
final class TcpListener implements Transport.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

    /** How long accepting rests after a failure that is not its own end, such as too many open files. */
    private static final int REST_MILLIS = 200;

    /** How long closing waits for the thread that accepts; it ends at once unless the host is in trouble. */
    private static final int END_MILLIS = 1000;

    private final ServerSocketChannel server;
    private final Endpoint endpoint;
    private final List<Endpoint> endpoints;
    private final Supplier<Greeting> greetings;
    private final GreetingLimits limits;
    private final Transport.Acceptor acceptor;
    private final ReaderWatch watch;
    private final Threads threads;
    private final PendingGreetings pending;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private TcpListener(
            ServerSocketChannel server,
            List<Endpoint> endpoints,
            Supplier<Greeting> greetings,
            GreetingLimits limits,
            Transport.Acceptor acceptor,
            ReaderWatch watch,
            Threads threads) {
        this.server = server;
        this.endpoint = endpoints.getFirst();
        this.endpoints = List.copyOf(endpoints);
        this.greetings = greetings;
        this.limits = limits;
        this.acceptor = acceptor;
        this.watch = watch;
        this.threads = threads;
        this.pending = new PendingGreetings(limits.pending());
    }

    /** @param endpoints where it is reached, the likeliest first; at least one */
    static TcpListener start(
            ServerSocketChannel server,
            List<Endpoint> endpoints,
            Supplier<Greeting> greetings,
            GreetingLimits limits,
            Transport.Acceptor acceptor,
            ReaderWatch watch,
            Threads threads) {
        TcpListener listener = new TcpListener(server, endpoints, greetings, limits, acceptor, watch, threads);
        threads.startReader("tcp-listener-" + listener.endpoint, listener::acceptAll);
        return listener;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The operating system accepts connections until the last thread has left the socket, so this waits for it. */
    @Override
    public void close() {
        closeServer();
        try {
            if (!ended.await(END_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{}: still accepts after {} ms", endpoint, END_MILLIS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        pending.breakOffAll("this runtime listens there no longer");
    }

    private void closeServer() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException harmless) {
            LOG.debug("{}: closing failed", endpoint, harmless);
        }
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException end) {
                LOG.debug("{}: listens no longer", endpoint);
            } catch (IOException | RuntimeException | Error failed) {
                LOG.error("{}: a connection could not be accepted", endpoint, failed);
                rest();
            }
        }
        ended.countDown();
    }

    private void serve(SocketChannel channel) throws IOException {
        TcpConnection connection;
        try {
            connection = TcpConnection.over(channel, greetings.get(), false, watch, threads);
        } catch (IOException | RuntimeException | Error failed) {
            channel.close();
            throw failed;
        }
        pending.add(connection);
        try {
            threads.startReader("tcp-reader-" + connection.peer(), () -> accept(connection));
        } catch (RuntimeException | Error noThread) {
            pending.remove(connection);
            connection.abandon("nobody reads it");
            throw new IOException("there is no thread that reads what " + connection.peer() + " sends", noThread);
        }
    }

    private void accept(TcpConnection connection) {
        try {
            connection.greet(limits.time());
        } catch (LeftException probed) {
            LOG.debug("{}: {} has gone again", endpoint, connection.peer());
            connection.abandon("left");
            return;
        } catch (IOException | RuntimeException | Error unconvincing) {
            LOG.warn("{}: {} is refused: {}", endpoint, connection.peer(), Refusals.reason(unconvincing));
            connection.abandon("refused");
            return;
        } finally {
            pending.remove(connection);
        }
        ConnectionHandler handler;
        try {
            handler = acceptor.accepted(connection);
        } catch (RuntimeException | Error refused) {
            LOG.warn("{}: the connection from {} is refused", endpoint, connection.peer(), refused);
            connection.abandon("refused");
            return;
        }
        connection.read(handler);
    }

    private void rest() {
        try {
            closed.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            closeServer();
        }
    }
}
