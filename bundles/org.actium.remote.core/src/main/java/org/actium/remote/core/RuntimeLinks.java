package org.actium.remote.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.actium.remote.api.Admission;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of one runtime: listens, dials, and lets nobody in who does not prove that it may come.
 *
 * <p>A runtime founds a domain of its own when it starts, and gives it up for that of the runtime it joins.
 */
@Component(
        service = {Links.class, Admission.class},
        immediate = true)
public final class RuntimeLinks implements Links, Admission, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLinks.class);

    private static final String LISTEN = "actium.listen";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final RuntimeId selfId;
    private volatile RuntimeAddress self; // kept while the endpoints stay the same: every stub has it
    private final String name;
    private final Transports transports;
    private final Ports ports;
    private final LinkSettings settings;
    private final Tokens tokens;
    private final Domain domain;
    private final LinkTable table;
    private final FrameHandlers handlers = new FrameHandlers();
    private final LinkListeners listeners = new LinkListeners();
    private final LinkContext context;
    /** In the order in which they began, so that closing tells them in the same order on every run. */
    private final Map<Long, Handshaking> handshaking = new ConcurrentSkipListMap<>();

    private final AtomicLong handshakes = new AtomicLong();
    /** A connection that is not a link yet. */
    private record Handshaking(Session session, Connection connection) {}

    @Activate
    public RuntimeLinks(
            BundleContext bundle,
            @Reference ActiumRuntime runtime,
            @Reference Time time,
            @Reference Threads threads,
            @Reference(target = "(actium.port=system)") RandomGenerator random) {
        this(runtime, new Ports(time, threads, random), LinkSettings.DEFAULT, listenEndpoints(bundle));
    }

    /**
     * @param transport the first one; others may be added
     * @param listen where it accepts connections; port 0 for any free one
     * @throws UncheckedIOException if it cannot be bound
     */
    public RuntimeLinks(
            ActiumRuntime runtime, Transport transport, Ports ports, LinkSettings settings, Endpoint listen) {
        this(runtime, ports, settings, List.of(listen));
        addTransport(transport);
    }

    /** @param listen where to accept connections, for each transport that is not to take any free port of loopback */
    private RuntimeLinks(ActiumRuntime runtime, Ports ports, LinkSettings settings, List<Endpoint> listen) {
        this.name = runtime.name();
        this.selfId = runtime.id();
        this.transports = new Transports(listen, this::accepted);
        this.ports = Objects.requireNonNull(ports, "ports");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.tokens = new Tokens(ports.time(), ports.random());
        this.domain = Domain.found(ports.random());
        this.table = new LinkTable(selfId);
        this.context = new LinkContext(
                runtime.name(), ports.time(), ports.threads(), settings, handlers, listeners, table::remove);
    }

    private static List<Endpoint> listenEndpoints(BundleContext bundle) {
        String configured = bundle.getProperty(LISTEN);
        try {
            return configured == null
                    ? List.of()
                    : Stream.of(configured.split(",")).map(Endpoint::parse).toList();
        } catch (IllegalArgumentException misspelt) {
            throw new IllegalArgumentException(LISTEN + ": " + misspelt.getMessage(), misspelt);
        }
    }

    /**
     * Listens on it, and dials endpoints with its name from now on. Who has the address of this runtime from before knows
     * nothing of it.
     *
     * @throws IllegalStateException if there is one with its name
     * @throws UncheckedIOException if it cannot listen; it is not added then
     */
    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    public void addTransport(Transport transport) {
        LOG.info("{} listens at {}", name, transports.add(transport));
    }

    /**
     * Closes the links over it, and returns when nothing more can arrive on them. Whoever needs one of them dials again
     * over another transport, if the other runtime listens there too. Does nothing if it was not added.
     */
    public void removeTransport(Transport transport) {
        if (transports.remove(transport)) {
            String gone = transport.name();
            String reason = "transport '" + gone + "' is removed";
            breakOff(underway -> underway.session().transport().equals(gone), reason);
            close(
                    table.all().stream()
                            .filter(link -> link.transport().equals(gone))
                            .toList(),
                    reason);
            LOG.info("{}: {}", name, reason);
        }
    }

    /** A runtime that nobody can reach does not start; why not was logged. */
    @Activate
    void requireEndpoint() {
        if (transports.endpoints().isEmpty()) {
            throw new IllegalStateException(
                    name + " listens nowhere; the message before says why, " + LISTEN + " says where it should");
        }
    }

    @Override
    public RuntimeAddress self() {
        RuntimeAddress known = self;
        List<Endpoint> endpoints = transports.endpoints();
        if (known == null || !known.endpoints().equals(endpoints)) {
            known = new RuntimeAddress(selfId, name, endpoints);
            self = known;
        }
        return known;
    }

    @Override
    public Optional<Link> existing(RuntimeId peer) {
        return table.existing(peer).map(Link.class::cast);
    }

    @Override
    public List<Link> all() {
        return List.copyOf(table.all());
    }

    @Override
    public Registration handle(Channel channel, FrameHandler handler) {
        return handlers.set(channel, handler);
    }

    @Override
    public Registration listen(LinkListener linkListener) {
        return listeners.add(linkListener);
    }

    @Override
    public JoinToken issue(Duration validFor) {
        return tokens.issue(validFor);
    }

    @Override
    public void revoke(JoinToken token) {
        tokens.revoke(token);
    }

    @Override
    public Link to(RuntimeAddress peer) {
        Optional<RuntimeLink> existing = table.existing(peer.id());
        if (existing.isPresent()) {
            return existing.get();
        }
        if (peer.id().equals(selfId)) {
            throw new IllegalArgumentException("a runtime has no link to itself");
        }
        LinkTable.Wish wish = table.wish(peer.id());
        if (wish.first()) {
            ports.threads().run(() -> dial(peer, wish));
        }
        try {
            return wish.link().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while " + peer + " was dialled", interrupted);
        } catch (ExecutionException failed) {
            // one failure may be told to many threads: each gets an exception with its own stack
            throw failed.getCause() instanceof AdmissionException refused
                    ? new AdmissionException(refused.getMessage(), refused)
                    : new UnreachableException(failed.getCause().getMessage(), failed.getCause());
        }
    }

    /** Tries one endpoint after the other. A link that is admitted fulfils the wish by itself, whoever dialled it. */
    private void dial(RuntimeAddress peer, LinkTable.Wish wish) {
        List<String> failures = new ArrayList<>();
        for (Endpoint endpoint : peer.endpoints()) {
            if (wish.link().isDone()) {
                return;
            }
            try {
                DiallerHandshake handshake = new DiallerHandshake(
                        DiallerHandshake.Purpose.LINK,
                        self(),
                        Optional.of(peer),
                        new Credential.Membership(),
                        domain.key(),
                        wish.lastLink(),
                        ports.random());
                connect(endpoint, handshake, settings.dial(), settings.handshake());
                return;
            } catch (HandshakeException failed) {
                switch (failed.reason()) {
                    case ELSEWHERE -> failures.add(endpoint + ": " + failed.getMessage());
                    case REFUSED -> {
                        table.fail(
                                peer.id(), wish.link(), new AdmissionException(endpoint + ": " + failed.getMessage()));
                        return;
                    }
                    case CROSSED -> {
                        awaitTheirs(peer, wish.link());
                        return;
                    }
                    case INQUIRY -> failures.add(endpoint + ": it only asks who is here"); // no acceptor does
                }
            } catch (RuntimeException unexpected) {
                failures.add(endpoint + ": " + unexpected);
            }
        }
        String why = failures.isEmpty() ? "it accepts no connections" : String.join("; ", failures);
        table.fail(
                peer.id(),
                wish.link(),
                new UnreachableException(peer.name() + " (" + peer.id() + ") cannot be reached: " + why));
    }

    /** The other side is dialling too, and its connection will be the link. */
    private void awaitTheirs(RuntimeAddress peer, CompletableFuture<RuntimeLink> wish) {
        ports.time()
                .after(
                        settings.handshake(),
                        () -> table.fail(
                                peer.id(),
                                wish,
                                new UnreachableException(peer + " was dialling too, but its connection did not come")));
    }

    @Override
    public RuntimeAddress resolve(Endpoint endpoint) {
        return Stream.concat(Stream.of(self()), all().stream().map(Link::peer))
                .filter(known -> known.endpoints().contains(endpoint))
                .findFirst()
                .orElseGet(() -> inquire(endpoint));
    }

    private RuntimeAddress inquire(Endpoint endpoint) {
        DiallerHandshake inquiry = new DiallerHandshake(
                DiallerHandshake.Purpose.INQUIRY,
                self(),
                Optional.empty(),
                new Credential.Membership(),
                domain.key(),
                0,
                ports.random());
        try {
            return connect(endpoint, inquiry, settings.dial(), settings.handshake())
                    .peer();
        } catch (HandshakeException answered) {
            String message = "no runtime of this domain at " + endpoint + ": " + answered.getMessage();
            return switch (answered.reason()) {
                case INQUIRY -> inquiry.answering().orElseThrow();
                case REFUSED -> throw new AdmissionException(message, answered);
                case ELSEWHERE, CROSSED -> throw new UnreachableException(message, answered);
            };
        }
    }

    @Override
    public Link join(Endpoint parent, JoinToken token, Duration timeout) {
        DiallerHandshake handshake = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                self(),
                Optional.empty(),
                new Credential.Token(token.id()),
                token.secret().getBytes(StandardCharsets.UTF_8),
                0,
                ports.random());
        try {
            return connect(parent, handshake, timeout, timeout);
        } catch (HandshakeException failed) {
            String message = "cannot join at " + parent + ": " + failed.getMessage();
            throw failed.reason() == Step.Cause.REFUSED
                    ? new AdmissionException(message, failed)
                    : new UnreachableException(message, failed);
        }
    }

    /** Opens a connection and goes through the handshake; blocks meanwhile. */
    private RuntimeLink connect(
            Endpoint endpoint, DiallerHandshake handshake, Duration dialLimit, Duration handshakeLimit)
            throws HandshakeException {
        Session session = new Session(selfId, endpoint.transport(), handshake, table, this::adopt, context);
        Connection connection;
        try {
            connection = transports.named(endpoint.transport()).dial(endpoint, dialLimit, session);
        } catch (IOException silent) {
            throw new HandshakeException(Step.Cause.ELSEWHERE, silent.getMessage());
        }
        supervise(session, connection, handshakeLimit);
        try {
            connection.send(handshake.hello());
        } catch (IOException broken) {
            session.fail(Step.Cause.ELSEWHERE, broken.getMessage(), connection); // unless it has ended by now
        }
        try {
            return session.result().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            session.fail(Step.Cause.ELSEWHERE, "interrupted", connection);
            throw new HandshakeException(Step.Cause.ELSEWHERE, "interrupted during the handshake");
        } catch (ExecutionException failed) {
            throw (HandshakeException) failed.getCause();
        }
    }

    private ConnectionHandler accepted(String transport, Connection connection) {
        AcceptorHandshake handshake = new AcceptorHandshake(self(), tokens, domain, ports.random());
        Session session = new Session(selfId, transport, handshake, table, key -> Optional.empty(), context);
        session.result().exceptionally(failed -> {
            if (failed instanceof HandshakeException ended && ended.reason() == Step.Cause.INQUIRY) {
                LOG.debug("at {}: {}", connection.peer(), failed.getMessage());
            } else {
                LOG.warn("{} at {} is not admitted: {}", handshake.peer(), connection.peer(), failed.getMessage());
            }
            return null;
        });
        supervise(session, connection, settings.handshake());
        return session;
    }

    /** Ends the session if it does not come to a link in time, so that silent connections do not stay. */
    private void supervise(Session session, Connection connection, Duration limit) {
        long number = handshakes.incrementAndGet();
        handshaking.put(number, new Handshaking(session, connection));
        Registration timer = ports.time()
                .after(
                        limit,
                        () -> session.fail(
                                Step.Cause.ELSEWHERE,
                                "the handshake was not finished within " + limit.toMillis() + " ms",
                                connection));
        session.whenDecided(ended -> {
            timer.close();
            handshaking.remove(number);
        });
        if (!transports.offer(session.transport())) { // removed while it was dialled
            session.fail(Step.Cause.ELSEWHERE, "transport '" + session.transport() + "' was removed", connection);
        }
    }

    private Optional<String> adopt(byte[] domainKey) {
        if (domain.hasKey(domainKey)) {
            return Optional.empty();
        }
        List<RuntimeLink> links = table.all();
        if (!links.isEmpty()) {
            return Optional.of("this runtime belongs to another domain already, and has a link to "
                    + links.getFirst().peer());
        }
        domain.adopt(domainKey);
        return Optional.empty();
    }

    /** Closes every link, and returns when nothing more can arrive on them. */
    @Override
    @Deactivate
    public void close() {
        transports.closeAll();
        breakOff(all -> true, "this runtime stops");
        close(table.close(), "it stops");
    }

    private void breakOff(Predicate<Handshaking> which, String reason) {
        handshaking.values().stream()
                .filter(which)
                .forEach(underway -> underway.session().fail(Step.Cause.ELSEWHERE, reason, underway.connection()));
    }

    private void close(List<RuntimeLink> links, String reason) {
        links.forEach(link -> link.close(reason));
        CompletableFuture<Void> done = CompletableFuture.allOf(
                links.stream().map(RuntimeLink::whenDisconnected).toArray(CompletableFuture[]::new));
        Registration limit = ports.time().after(CLOSE_LIMIT, () -> done.complete(null));
        done.join();
        limit.close();
    }
}
