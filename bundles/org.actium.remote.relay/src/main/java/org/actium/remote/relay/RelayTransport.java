package org.actium.remote.relay;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.security.api.LinkSecurity;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to runtimes that accept none, through a third one to which both have a link: one hop. The endpoint {@code
 * relay@<identity>.<host>:<port>} is the runtime of that identity, in 32 hexadecimal digits, behind the one that listens at that
 * host and port of tcp. TLS goes from end to end; the one in the middle forwards bytes that it can neither read nor make.
 *
 * <p>The same component is all three: it dials, accepts where this runtime accepts no connections by itself, and forwards.
 */
@Component(service = Transport.class)
public final class RelayTransport implements Transport, LinkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayTransport.class);

    private static final String NAME = "relay";
    private static final String TUNNELS = "actium.relay.tunnels";
    private static final int DEFAULT_TUNNELS = 128;

    /** How long a runtime that comes through a tunnel may take to say who it is. */
    private static final Duration GREETING = Duration.ofSeconds(15);

    /** So many may come over one link at a time that have not said it yet, and so many answers may wait for one. */
    static final int PENDING = 128;

    private final Links links;
    private final Time time;
    private final Threads threads;
    private final LinkSecurity security;
    private final int mostForwarded;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<TunnelPort, TunnelEnd> ends = new ConcurrentHashMap<>();
    /** Tunnels that lead through this runtime, or have ended and left something that their ends do not take. */
    private final AtomicInteger forwarded = new AtomicInteger();

    /** Of those the ones that were asked for over a link. */
    private final PerLink asked;

    private final PerLink strangers = new PerLink(PENDING);
    private final PerLink answers = new PerLink(PENDING);
    private final Registration frames;
    private final Registration linkEvents;
    private volatile Optional<Acceptor> acceptor = Optional.empty();

    @Activate
    public RelayTransport(
            BundleContext bundle,
            @Reference Links links,
            @Reference Time time,
            @Reference Threads threads,
            @Reference LinkSecurity security) {
        this(links, time, threads, security, mostForwarded(bundle.getProperty(TUNNELS)));
    }

    /**
     * @param mostForwarded so many tunnels may lead through this runtime at once; 0 for none. One that has ended counts until
     *     its ends have taken what was under way. One link may ask for half of them
     */
    public RelayTransport(Links links, Time time, Threads threads, LinkSecurity security, int mostForwarded) {
        this.links = Objects.requireNonNull(links, "links");
        this.time = Objects.requireNonNull(time, "time");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.security = Objects.requireNonNull(security, "security");
        this.mostForwarded = mostForwarded;
        this.asked = new PerLink((mostForwarded + 1) / 2);
        this.frames = links.handle(Channel.RELAY, this::received);
        this.linkEvents = links.listen(this);
    }

    private static int mostForwarded(String configured) {
        try {
            return configured == null ? DEFAULT_TUNNELS : Integer.parseInt(configured);
        } catch (NumberFormatException misspelt) {
            throw new IllegalArgumentException(TUNNELS + ": '" + configured + "' is not a number", misspelt);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isIndirect() {
        return true;
    }

    /** Lets others come through runtimes to which this one has a link. Where it is reached, those know who have dialled. */
    @Override
    public Listener listen(Endpoint endpoint, Acceptor connections) {
        acceptor = Optional.of(connections);
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return endpoint;
            }

            @Override
            public List<Endpoint> endpoints() {
                return List.of();
            }

            @Override
            public void close() {
                acceptor = Optional.empty();
            }
        };
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return dial(
                endpoint,
                timeout,
                handler,
                output -> security.tls()
                        .<TunnelBytes>map(tls -> new TlsBytes(tls, tls.dialMember(), true, false, threads, output))
                        .orElseGet(() -> new BareBytes(output)));
    }

    @Override
    public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        throw new IOException(
                endpoint + ": a domain is not joined through a relay; join at one that accepts connections");
    }

    private Connection dial(
            Endpoint endpoint, Duration timeout, ConnectionHandler handler, TunnelConnection.Wrapping wrapping)
            throws IOException {
        Destination destination = Destination.of(endpoint);
        Link link = linkTo(destination.relay());
        TunnelPort port = new TunnelPort(link, true, numbers.incrementAndGet());
        TunnelConnection connection = new TunnelConnection(
                port,
                "through " + link.peer().name() + " (" + link.peer().id() + ")",
                threads,
                wrapping,
                same -> handler,
                ends::remove);
        ends.put(port, connection);
        try (Registration _ = time.after(
                timeout, () -> connection.close("no answer through the relay within " + timeout.toMillis() + " ms"))) {
            RuntimeAddress self = links.self();
            port.send(TunnelPort.OPEN, Texts.of(destination.runtime(), self.name() + " (" + self.id() + ")"));
            await(connection.opened(), endpoint);
            connection.greet();
            await(connection.greeted(), endpoint);
            return connection;
        } catch (LinkClosedException gone) {
            connection.close();
            throw new IOException(endpoint + ": " + gone.getMessage(), gone);
        } catch (IOException | RuntimeException | Error failed) {
            connection.close();
            throw failed;
        }
    }

    private Link linkTo(Endpoint relay) throws IOException {
        try {
            RuntimeAddress address = links.resolve(relay);
            if (address.id().equals(links.self().id())) {
                throw new IOException("this runtime would be the relay, and has no link to that one");
            }
            Link link = links.to(address);
            if (!isDirect(link)) {
                throw new IOException(address + " is reached through a relay itself, and two are not chained");
            }
            return link;
        } catch (RemotingException silent) {
            throw new IOException("the relay at " + relay + " cannot be reached: " + silent.getMessage(), silent);
        }
    }

    private static boolean isDirect(Link link) {
        return !link.route().startsWith(NAME + " ");
    }

    private static void await(CompletableFuture<Void> step, Endpoint endpoint) throws IOException {
        try {
            step.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + endpoint + " was dialled", interrupted);
        } catch (ExecutionException failed) {
            throw TunnelConnection.refusal(endpoint.toString(), failed.getCause());
        }
    }

    /** On the thread of the link's reader. */
    private void received(Link from, ByteBuffer frame) {
        try {
            TunnelPort.Head head = TunnelPort.read(from, frame);
            TunnelEnd end = ends.get(head.port());
            if (head.type() == TunnelPort.OPEN && !head.port().own()) {
                opening(head.port(), frame);
            } else if (end != null) {
                end.received(head.port(), head.type(), frame);
            } else if (head.type() != TunnelPort.CLOSED) {
                LOG.debug("{}: a frame for a tunnel that has ended", from);
            }
        } catch (BufferUnderflowException garbage) {
            throw new IllegalArgumentException(
                    from.peer() + " sent a frame on channel RELAY that makes no sense", garbage);
        }
    }

    private void opening(TunnelPort port, ByteBuffer request) {
        RuntimeId target = Texts.id(request);
        String origin = Texts.rest(request);
        Optional<Link> next = links.existing(target).filter(RelayTransport::isDirect);
        if (ends.containsKey(port)) {
            throw new IllegalArgumentException(port.link().peer() + " opens a tunnel twice");
        }
        if (target.equals(links.self().id())) {
            arrive(port, origin);
        } else if (next.isEmpty()) {
            refuse(
                    port,
                    "there is no direct link to runtime " + target + " at "
                            + links.self().name());
        } else if (forwarded.incrementAndGet() > mostForwarded) {
            forwarded.decrementAndGet();
            refuse(
                    port,
                    links.self().name() + " forwards " + mostForwarded + " tunnels already; raise " + TUNNELS
                            + " there");
        } else if (!asked.take(port.link())) {
            forwarded.decrementAndGet();
            refuse(
                    port,
                    links.self().name() + " forwards " + asked.most()
                            + " tunnels for this link already, half of all; raise " + TUNNELS + " there");
        } else {
            cross(port, new TunnelPort(next.get(), true, numbers.incrementAndGet()), target, origin);
        }
    }

    private void refuse(TunnelPort port, String why) {
        LOG.debug("{}: no tunnel: {}", port.link(), why);
        if (!answers.take(port.link())) {
            throw new IllegalArgumentException(
                    port.link().peer() + " asks for tunnels and does not take the answers: " + PENDING + " wait");
        }
        threads.run(() -> {
            try {
                port.send(TunnelPort.CLOSED, Texts.of(why));
            } catch (LinkClosedException gone) {
                LOG.debug("{}: not told any more", port.link(), gone);
            } finally {
                answers.giveBack(port.link());
            }
        });
    }

    private void cross(TunnelPort in, TunnelPort out, RuntimeId target, String origin) {
        Crossing crossing = new Crossing(in, out, threads, ends::remove, () -> {
            asked.giveBack(in.link());
            forwarded.decrementAndGet();
        });
        ends.put(in, crossing);
        ends.put(out, crossing);
        LOG.info(
                "{} forwards a connection of {} to {}",
                links.self().name(),
                origin,
                out.link().peer());
        crossing.open(Texts.of(target, origin));
        for (TunnelPort port : List.of(in, out)) {
            if (!port.link().isOpen()) {
                crossing.lost(port, "it was closed meanwhile");
            }
        }
    }

    private void arrive(TunnelPort port, String origin) {
        Optional<Acceptor> accepting = acceptor;
        if (accepting.isEmpty()) {
            refuse(port, links.self().name() + " accepts connections at its own endpoints only");
            return;
        }
        if (!strangers.take(port.link())) {
            refuse(port, PENDING + " that came this way have not said who they are");
            return;
        }
        String way = "through " + port.link().peer().name() + " ("
                + port.link().peer().id() + ")";
        TunnelConnection connection = new TunnelConnection(
                port,
                way,
                threads,
                output -> security.tls()
                        .<TunnelBytes>map(tls -> new TlsBytes(tls, tls.accept(), true, false, threads, output))
                        .orElseGet(() -> new BareBytes(output)),
                accepting.get()::accepted,
                ends::remove);
        ends.put(port, connection);
        Registration limit = time.after(
                GREETING, () -> connection.close("it has not said who it is within " + GREETING.toMillis() + " ms"));
        connection.greeted().whenComplete((done, failed) -> {
            limit.close();
            if (failed != null) {
                LOG.warn("{} {} is refused: {}", origin, way, TunnelConnection.reason(failed));
            }
        });
        connection.greet();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        // also when the answer is not taken, so that whoever takes none cannot go on asking
        CompletableFuture.allOf(answered, connection.greeted())
                .whenComplete((done, failed) -> strangers.giveBack(port.link()));
        threads.run(() -> {
            try {
                port.send(TunnelPort.OPENED, ByteBuffer.allocate(0));
            } catch (LinkClosedException gone) {
                connection.lost(port, gone.getMessage());
            } finally {
                answered.complete(null);
            }
        });
    }

    @Override
    public void closed(Link link, String reason) {
        ports().filter(port -> port.link() == link).forEach(port -> lose(port, reason));
    }

    /** In the same order on every run of a simulation. */
    private Stream<TunnelPort> ports() {
        return ends.keySet().stream()
                .sorted(Comparator.comparing(
                                (TunnelPort port) -> port.link().peer().id())
                        .thenComparing(TunnelPort::own)
                        .thenComparing(TunnelPort::number));
    }

    private void lose(TunnelPort port, String why) {
        TunnelEnd end = ends.get(port);
        if (end != null) {
            end.lost(port, why);
        }
    }

    @Override
    @Deactivate
    public void close() {
        acceptor = Optional.empty();
        linkEvents.close();
        frames.close();
        ports().forEach(port -> lose(port, "the transport is removed"));
    }
}
