package org.actium.remote.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Connections over TCP. A frame is its length in four bytes, big-endian, and its content.
 *
 * <p>Each connection has one platform thread that reads. Senders write themselves; see {@link FrameWriter}. Links are
 * not encrypted yet, so nothing but loopback is listened at.
 */
@Component
public final class TcpTransport implements Transport {

    private final Threads threads;

    @Activate
    public TcpTransport(@Reference Threads threads) {
        this.threads = Objects.requireNonNull(threads, "threads");
    }

    @Override
    public String name() {
        return Endpoint.TCP;
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        InetAddress address = resolve(endpoint);
        if (!address.isLoopbackAddress()) {
            throw new IOException("cannot listen at " + endpoint
                    + ": links are not encrypted yet, so only a loopback address such as 127.0.0.1 may be bound");
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(address, endpoint.port()));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            return TcpListener.start(server, new Endpoint(endpoint.host(), port), acceptor, threads);
        } catch (IOException refused) {
            server.close();
            throw new IOException("cannot listen at " + endpoint + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        InetSocketAddress address = new InetSocketAddress(resolve(endpoint), endpoint.port());
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            TcpConnection connection = TcpConnection.over(channel, threads);
            threads.startReader("tcp-reader-" + endpoint, () -> connection.read(handler));
            return connection;
        } catch (SocketTimeoutException silent) {
            channel.close();
            throw new IOException("nothing answers at " + endpoint + " within " + timeout.toMillis() + " ms", silent);
        } catch (IOException refused) {
            channel.close();
            throw new IOException("cannot connect to " + endpoint + ": " + refused.getMessage(), refused);
        }
    }

    private static InetAddress resolve(Endpoint endpoint) throws IOException {
        try {
            return InetAddress.getByName(endpoint.host());
        } catch (UnknownHostException unknown) {
            throw new IOException("host '" + endpoint.host() + "' is unknown", unknown);
        }
    }
}
