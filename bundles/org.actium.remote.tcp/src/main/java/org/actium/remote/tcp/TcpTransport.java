package org.actium.remote.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.NothingListensException;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.security.api.LinkSecurity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Connections over TCP, in TLS unless {@link LinkSecurity} says that they are bare; bare ones are for loopback only.
 * The side that dials begins with a {@link Preamble}; then a frame is its length in four bytes, big-endian, and its
 * content.
 *
 * <p>Each connection is read by one platform thread at a time, see {@link Readers}. Senders write themselves; see {@link
 * FrameWriter}.
 */
@Component(property = "actium.transport=tcp")
public final class TcpTransport implements Transport {

    /** The reader ends a handshake in time by itself; whoever dials waits for it a little longer. */
    private static final int PATIENCE_MILLIS = 1000;

    private static final Duration PROBE = Duration.ofSeconds(1);

    private final Threads threads;
    private final ReaderWatch watch;
    private final LinkSecurity security;
    private final GreetingLimits limits;

    @Activate
    public TcpTransport(@Reference Threads threads, @Reference LinkSecurity security) {
        this(threads, security, GreetingLimits.DEFAULT);
    }

    /** For runtimes in one JVM or on one host, whose links nobody protects. */
    public TcpTransport(Threads threads) {
        this(threads, LinkSecurity.BARE);
    }

    TcpTransport(Threads threads, LinkSecurity security, GreetingLimits limits) {
        this.threads = Objects.requireNonNull(threads, "threads");
        this.watch = new ReaderWatch(threads);
        this.security = Objects.requireNonNull(security, "security");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public String name() {
        return Endpoint.TCP;
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        InetAddress address = resolve(endpoint);
        if (security.tls().isEmpty() && !address.isLoopbackAddress()) {
            throw new IOException("cannot listen at " + endpoint
                    + ": links are not encrypted, so only a loopback address such as 127.0.0.1 may be bound");
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(address, endpoint.port()));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            List<String> hosts =
                    address.isAnyLocalAddress() ? ReachableAddresses.ofThisHost() : List.of(endpoint.host());
            List<Endpoint> endpoints =
                    hosts.stream().map(host -> new Endpoint(host, port)).toList();
            return TcpListener.start(server, endpoints, this::acceptorGreeting, limits, acceptor, watch, threads);
        } catch (IOException refused) {
            server.close();
            throw new IOException("cannot listen at " + endpoint + ": " + refused.getMessage(), refused);
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    @Override
    public List<Endpoint> probe(List<Endpoint> endpoints) {
        return Probe.order(endpoints, PROBE);
    }

    private Greeting acceptorGreeting() {
        return security.tls()
                .<Greeting>map(tls -> new Greeting.Secure(tls, tls::accept, Greeting.Expected.EITHER))
                .orElseGet(Greeting.Bare::new);
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        Optional<Greeting> secure =
                security.tls().map(tls -> new Greeting.Secure(tls, tls::dialMember, Greeting.Expected.MEMBER));
        return dial(endpoint, timeout, handler, secure.orElseGet(Greeting.Bare::new));
    }

    @Override
    public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        Optional<Greeting> secure =
                security.tls().map(tls -> new Greeting.Secure(tls, tls::dialStranger, Greeting.Expected.STRANGER));
        return dial(endpoint, timeout, handler, secure.orElseGet(Greeting.Bare::new));
    }

    private Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler, Greeting greeting)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(resolve(endpoint), endpoint.port());
        if (greeting instanceof Greeting.Bare && !address.getAddress().isLoopbackAddress()) {
            throw new IOException("cannot connect to " + endpoint
                    + ": links are not encrypted, so only a loopback address may be dialled");
        }
        long begun = System.nanoTime();
        SocketChannel channel = SocketChannel.open();
        TcpConnection connection;
        try {
            channel.socket().connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            connection = TcpConnection.over(channel, greeting, true, watch, threads);
        } catch (SocketTimeoutException silent) {
            channel.close();
            throw new IOException("nothing answers at " + endpoint + " within " + timeout.toMillis() + " ms", silent);
        } catch (ConnectException refused) {
            channel.close();
            throw new NothingListensException("cannot connect to " + endpoint + ": " + refused.getMessage(), refused);
        } catch (IOException refused) {
            channel.close();
            throw new IOException("cannot connect to " + endpoint + ": " + refused.getMessage(), refused);
        } catch (RuntimeException | Error failed) {
            channel.close();
            throw failed;
        }
        Duration left = timeout.minusNanos(System.nanoTime() - begun);
        CompletableFuture<Void> greeted = new CompletableFuture<>();
        try {
            threads.startReader("tcp-reader-" + endpoint, () -> greetAndRead(connection, left, greeted, handler));
        } catch (RuntimeException | Error noThread) {
            connection.abandon("nobody reads it");
            throw new IOException("there is no thread that reads what " + endpoint + " sends: " + noThread, noThread);
        }
        if (greeting instanceof Greeting.Secure) {
            await(greeted, connection, endpoint, left);
        }
        return connection;
    }

    private static void greetAndRead(
            TcpConnection connection, Duration limit, CompletableFuture<Void> greeted, ConnectionHandler handler) {
        try {
            connection.greet(limit);
        } catch (IOException | RuntimeException | Error failed) {
            connection.abandon("not greeted");
            greeted.completeExceptionally(failed);
            return;
        }
        greeted.complete(null);
        connection.read(handler);
    }

    private static void await(
            CompletableFuture<Void> greeted, TcpConnection connection, Endpoint endpoint, Duration limit)
            throws IOException {
        try {
            greeted.get(limit.toMillis() + PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            connection.close();
            throw new IOException("interrupted while " + endpoint + " was dialled", interrupted);
        } catch (TimeoutException silent) {
            connection.close();
            throw new IOException(endpoint + " did not finish the TLS handshake in time", silent);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            Optional<CertificateException> unbelieved = Refusals.certificate(cause);
            if (unbelieved.isPresent()) {
                throw new PeerRefusedException(
                        endpoint + ": " + unbelieved.get().getMessage(), cause);
            }
            throw new IOException("no TLS with " + endpoint + ": " + Refusals.reason(cause), cause);
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
