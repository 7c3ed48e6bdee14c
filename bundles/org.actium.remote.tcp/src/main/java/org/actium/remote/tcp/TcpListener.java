package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private final ServerSocketChannel server;
    private final Endpoint endpoint;
    private final Transport.Acceptor acceptor;
    private final Threads threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private TcpListener(ServerSocketChannel server, Endpoint endpoint, Transport.Acceptor acceptor, Threads threads) {
        this.server = server;
        this.endpoint = endpoint;
        this.acceptor = acceptor;
        this.threads = threads;
    }

    static TcpListener start(
            ServerSocketChannel server, Endpoint endpoint, Transport.Acceptor acceptor, Threads threads) {
        TcpListener listener = new TcpListener(server, endpoint, acceptor, threads);
        threads.startReader("tcp-listener-" + endpoint, listener::acceptAll);
        return listener;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
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
            } catch (IOException | RuntimeException failed) {
                LOG.error("{}: a connection could not be accepted", endpoint, failed);
                rest();
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        try {
            TcpConnection connection = TcpConnection.over(channel, threads);
            threads.startReader("tcp-reader-" + connection.peer(), () -> accept(connection));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private void accept(TcpConnection connection) {
        ConnectionHandler handler;
        try {
            handler = acceptor.accepted(connection);
        } catch (RuntimeException refused) {
            LOG.warn("{}: the connection from {} is refused", endpoint, connection.peer(), refused);
            connection.abandon();
            return;
        }
        connection.read(handler);
    }

    private void rest() {
        try {
            closed.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            close();
        }
    }
}
