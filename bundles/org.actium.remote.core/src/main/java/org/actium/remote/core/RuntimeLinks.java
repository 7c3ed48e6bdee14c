package org.actium.remote.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.remote.api.Admission;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.NothingListensException;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.security.api.Enrolment;
import org.actium.security.api.EnrolmentException;
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

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Duration RESUME_PAUSE = Duration.ofMillis(200);
    /** For one of several endpoints that will answer at once if it does at all. */
    static final Duration SHORT_DIAL = Duration.ofSeconds(1);

    /** How many connections to one endpoint may break before there is a link. */
    private static final int ATTEMPTS = 3;

    /** So many who have not said who they are may be in the middle of it. */
    private static final int MAX_ACCEPTED = 128;

    private final RuntimeId selfId;
    private volatile RuntimeAddress self; // kept while the endpoints stay the same: every stub has it
    private final String name;
    private final Listening listening;
    private final Transports transports;
    private final Relays relays;
    private final Ports ports;
    private final LinkSettings settings;
    private final Enrolment enrolment;
    private final Tokens tokens;
    private final Domain domain;
    private final Versions versions;
    private final LinkTable table;
    private final Session.Membership membership = new DomainMembership();
    private final FrameHandlers handlers = new FrameHandlers();
    private final LinkListeners listeners = new LinkListeners();
    private final LinkContext context;
    /** In the order in which they began, so that closing tells them in the same order on every run. */
    private final Map<Long, Handshaking> handshaking = new ConcurrentSkipListMap<>();

    private final AtomicLong handshakes = new AtomicLong();

    /** Where this runtime got its certificate. */
    private volatile Optional<Joined> joined = Optional.empty();

    /** A connection that is not a link yet. */
    private record Handshaking(Session session, Connection connection, boolean accepted) {}

    /** @param sponsor to be dialled where it was joined, if that is possible */
    private record Joined(String tokenId, RuntimeAddress sponsor) {}

    @Activate
    public RuntimeLinks(
            BundleContext bundle,
            @Reference ActiumRuntime runtime,
            @Reference Time time,
            @Reference Threads threads,
            @Reference(target = "(actium.port=system)") RandomGenerator random,
            @Reference Enrolment enrolment) {
        this(
                runtime,
                new Ports(time, threads, random),
                LinkSettings.WITH_CERTIFICATES,
                Listening.of(bundle),
                enrolment,
                Versions.SPOKEN);
    }

    /**
     * @param transport the first one; others may be added
     * @param listen where it accepts connections; port 0 for any free one
     * @throws UncheckedIOException if it cannot be bound
     */
    public RuntimeLinks(
            ActiumRuntime runtime, Transport transport, Ports ports, LinkSettings settings, Endpoint listen) {
        this(runtime, transport, ports, settings, listen, Enrolment.NONE);
    }

    /** @param enrolment for transports whose connections prove who is there */
    public RuntimeLinks(
            ActiumRuntime runtime,
            Transport transport,
            Ports ports,
            LinkSettings settings,
            Endpoint listen,
            Enrolment enrolment) {
        this(runtime, ports, settings, Listening.at(listen), enrolment, Versions.SPOKEN);
        addTransport(transport);
    }

    /** A runtime that accepts no connections; it has no transports until some are added. */
    public static RuntimeLinks outgoingOnly(
            ActiumRuntime runtime, Ports ports, LinkSettings settings, Enrolment enrolment) {
        return new RuntimeLinks(runtime, ports, settings, Listening.nowhere(), enrolment, Versions.SPOKEN);
    }

    RuntimeLinks(
            ActiumRuntime runtime,
            Ports ports,
            LinkSettings settings,
            Listening listening,
            Enrolment enrolment,
            Versions versions) {
        this.versions = versions;
        this.name = runtime.name();
        this.selfId = runtime.id();
        this.listening = listening;
        this.transports = new Transports(listening, this::accepted);
        this.relays = new Relays(selfId);
        this.ports = Objects.requireNonNull(ports, "ports");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.enrolment = Objects.requireNonNull(enrolment, "enrolment");
        this.tokens = new Tokens(ports.time(), ports.random());
        this.domain = Domain.found(ports.random());
        this.table = new LinkTable(selfId);
        this.context = new LinkContext(
                runtime.name(),
                ports.time(),
                ports.threads(),
                settings,
                new Heartbeats(ports.time(), settings.heartbeat()),
                handlers,
                listeners,
                this::gone,
                this::interrupted,
                link -> resumeNow(link, RESUME_PAUSE),
                this::isReachable);
    }

    private void gone(RuntimeLink link) {
        table.remove(link);
        notLinked(link.peer().id());
    }

    private void notLinked(RuntimeId peer) {
        if (listening.outgoingOnly() && table.existing(peer).isEmpty()) {
            relays.remove(peer);
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
        List<Endpoint> endpoints = transports.add(transport);
        if (!endpoints.isEmpty()) {
            LOG.info(
                    "{} listens at {}",
                    name,
                    endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
        }
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
                            .filter(link -> link.attachment().transport().equals(gone))
                            .toList(),
                    reason);
            LOG.info("{}: {}", name, reason);
        }
    }

    /** A runtime that nobody can reach does not start; why not was logged. */
    @Activate
    void requireEndpoint() {
        if (listening.outgoingOnly()) {
            LOG.info("{} accepts no connections; others reach it through those whom it has dialled", name);
        } else if (transports.endpoints().isEmpty()) {
            throw new IllegalStateException(name + " listens nowhere; the message before says why, " + Listening.LISTEN
                    + " says where it should");
        }
    }

    @Override
    public RuntimeAddress self() {
        RuntimeAddress known = self;
        List<Endpoint> endpoints = listening.outgoingOnly() ? relays.endpoints() : transports.endpoints();
        if (known == null || !known.endpoints().equals(endpoints)) {
            known = new RuntimeAddress(selfId, name, endpoints);
            self = known;
        }
        return known;
    }

    /** What the handshake says to the one who is dialled there. */
    private RuntimeAddress selfTo(Endpoint dialled, List<Endpoint> listeningThere) {
        return listening.outgoingOnly()
                ? new RuntimeAddress(selfId, name, relays.through(dialled, listeningThere))
                : self();
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
            dialOnAnotherThread(peer, wish);
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

    private void dialOnAnotherThread(RuntimeAddress peer, LinkTable.Wish wish) {
        try {
            ports.threads().run(() -> dial(peer, wish));
        } catch (RuntimeException | Error noThread) {
            failUnexpectedly(peer, wish, noThread);
        }
    }

    private void dial(RuntimeAddress peer, LinkTable.Wish wish) {
        try {
            dialEach(peer, wish);
        } catch (RuntimeException | Error unexpected) {
            failUnexpectedly(peer, wish, unexpected);
        }
    }

    /** Whoever waits for the link is told, and whoever wants it next dials anew. */
    private void failUnexpectedly(RuntimeAddress peer, LinkTable.Wish wish, Throwable why) {
        table.fail(
                peer.id(),
                wish.link(),
                new UnreachableException(peer + " cannot be reached from " + name + ": " + why));
        LOG.error("{} could not dial {}", name, peer, why);
    }

    /** Tries one endpoint after the other. A link that is admitted fulfils the wish by itself, whoever dialled it. */
    private void dialEach(RuntimeAddress peer, LinkTable.Wish wish) {
        List<String> failures = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        List<Endpoint> endpoints = peer.endpoints();
        if (dialOne(transports.ordered(endpoints), peer, wish, failures, refusals)
                || dialOne(transports.detours(endpoints), peer, wish, failures, refusals)) {
            return;
        }
        if (!refusals.isEmpty()) {
            table.fail(peer.id(), wish.link(), new AdmissionException(String.join("; ", refusals)));
            return;
        }
        String why = failures.isEmpty() ? "it accepts no connections" : String.join("; ", failures);
        table.fail(
                peer.id(),
                wish.link(),
                new UnreachableException(peer.name() + " (" + peer.id() + ") cannot be reached: " + why));
    }

    /** Whether the wish is fulfilled, or will be. Who refuses at one of several addresses may be somebody else. */
    private boolean dialOne(
            List<Endpoint> endpoints,
            RuntimeAddress peer,
            LinkTable.Wish wish,
            List<String> failures,
            List<String> refusals) {
        for (Endpoint endpoint : endpoints) {
            if (wish.link().isDone()) {
                return true;
            }
            try {
                connectAgainIfLost(endpoint, peer, wish);
                return true;
            } catch (HandshakeException failed) {
                String failure = endpoint + ": " + failed.getMessage();
                switch (failed.reason()) {
                    case REFUSED -> refusals.add(failure);
                    case CROSSED -> {
                        awaitTheirs(peer, wish.link());
                        return true;
                    }
                    // the last two do not come from an acceptor
                    case ELSEWHERE, LOST, INQUIRY, ENROLLED -> failures.add(failure);
                }
            } catch (RuntimeException | Error unexpected) {
                LOG.debug("{} does not reach {} at {}", name, peer, endpoint, unexpected);
                failures.add(endpoint + ": " + unexpected);
            }
        }
        return false;
    }

    /** A connection that breaks during the handshake says as little of the other side as one that breaks later. */
    private void connectAgainIfLost(Endpoint endpoint, RuntimeAddress peer, LinkTable.Wish wish)
            throws HandshakeException {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                connect(
                        endpoint,
                        dialling(endpoint, peer, wish, Resumption.NONE),
                        settings.dial(),
                        settings.handshake());
                return;
            } catch (HandshakeException failed) {
                if (failed.reason() != Step.Cause.LOST || left == 0) {
                    throw failed;
                }
            }
        }
    }

    /**
     * An open link has lost its connection. Both sides dial, because each may be the only one that can be reached, or the
     * only one that has noticed; the one that did not dial before waits a little, so that they seldom meet.
     */
    private void interrupted(RuntimeLink link) {
        boolean dialled = link.attachment().dialler().equals(selfId);
        if (dialled) {
            resumeNow(link, RESUME_PAUSE);
        } else {
            resumeLater(link, RESUME_PAUSE);
        }
    }

    /** Whether this side could dial for another connection, as far as it can find out now. */
    private boolean isReachable(RuntimeLink link) {
        return !listening.outgoingOnly()
                && (link.way().isPresent()
                        || link.peer().endpoints().stream().anyMatch(endpoint -> answers(link.peer(), endpoint)));
    }

    private boolean answers(RuntimeAddress peer, Endpoint endpoint) {
        try {
            return inquire(endpoint).id().equals(peer.id());
        } catch (RemotingException silent) {
            LOG.debug("{} does not answer at {}", peer, endpoint, silent);
            return false;
        }
    }

    private void resumeLater(RuntimeLink link, Duration pause) {
        ports.time().after(pause, () -> resumeNow(link, pause.multipliedBy(2)));
    }

    private void resumeNow(RuntimeLink link, Duration pause) {
        try {
            ports.threads().run(() -> resume(link, pause));
        } catch (RuntimeException | Error noThread) {
            LOG.error("{}: there is no thread that dials for another connection; later", link, noThread);
            resumeLater(link, pause);
        }
    }

    /** Dials for another connection of the link, until it has one or the other side is certainly gone. */
    private void resume(RuntimeLink link, Duration pause) {
        LinkTable.Wish wish = table.wishToResume(link).orElse(null);
        if (wish == null) {
            return;
        }
        RuntimeAddress peer = link.peer();
        Resuming resuming = new Resuming(link, wish);
        if (resuming.succeeds()) {
            return;
        }
        String why = "not resumed: " + String.join("; ", resuming.failures);
        table.fail(peer.id(), wish.link(), new UnreachableException(peer + ": " + why));
        if (!link.isInterrupted()) {
            return;
        }
        if (resuming.isGone()) {
            link.failBecausePeerIsGone("its connection was lost, and it is " + why);
        } else {
            LOG.debug("{}: {}", link, why);
            resumeLater(link, pause);
        }
    }

    /**
     * The ways on which another connection of a link is tried: first the one that was good before, then where the lost
     * connection led, because what is heard there may decide while others stay silent for long. It may be silent itself, and
     * then waits for its turn.
     */
    private final class Resuming {

        private final RuntimeLink link;
        private final Attachment lost;
        private final LinkTable.Wish wish;
        private final Set<Endpoint> tried = new HashSet<>();
        private final List<String> failures = new ArrayList<>();
        private boolean perhapsThere;
        private boolean certainlyGone;

        Resuming(RuntimeLink link, LinkTable.Wish wish) {
            this.link = link;
            this.lost = link.attachment();
            this.wish = wish;
        }

        boolean succeeds() {
            List<Endpoint> listening = link.peer().endpoints();
            return tryEach(link.way().stream().toList())
                    || isResumedAtOnceAt(listening.stream().filter(lost::ledTo).toList())
                    || (!certainlyGone && tryEach(transports.ordered(listening)))
                    || (!isGone() && tryEach(transports.detours(listening)));
        }

        /** Whether it was heard that the other side is not there any more: on each of them, or where that decides. */
        boolean isGone() {
            return certainlyGone || (!failures.isEmpty() && !perhapsThere);
        }

        /** @return whether one of them was good */
        private boolean tryEach(List<Endpoint> endpoints) {
            return endpoints.stream()
                    .takeWhile(next -> !certainlyGone)
                    .filter(tried::add)
                    .anyMatch(endpoint -> isResumedAt(endpoint, settings.dial()));
        }

        private boolean isResumedAtOnceAt(List<Endpoint> endpoints) {
            return endpoints.stream()
                    .takeWhile(next -> !certainlyGone)
                    .filter(endpoint -> !tried.contains(endpoint))
                    .anyMatch(endpoint -> isResumedAt(endpoint, SHORT_DIAL));
        }

        /** Not of a forwarded port or a gateway: those may go while the other side lives. */
        private boolean decides(Endpoint endpoint) {
            return lost.ledTo(endpoint) && link.peer().endpoints().contains(endpoint);
        }

        private boolean isResumedAt(Endpoint endpoint, Duration dialLimit) {
            try {
                connect(
                        endpoint,
                        dialling(endpoint, link.peer(), wish, link.resumption()),
                        dialLimit,
                        settings.handshake());
                return true;
            } catch (HandshakeException failed) {
                failures.add(endpoint + ": " + failed.getMessage());
                certainlyGone |= failed.isGone() && decides(endpoint);
                perhapsThere |= !failed.isGone() && failed.reason() != Step.Cause.REFUSED;
            } catch (RuntimeException | Error unexpected) {
                LOG.debug("{} is not resumed at {}", link, endpoint, unexpected);
                failures.add(endpoint + ": " + unexpected);
                perhapsThere = true;
            }
            return false;
        }
    }

    private DiallerHandshake dialling(
            Endpoint endpoint, RuntimeAddress peer, LinkTable.Wish wish, Resumption resumption) {
        return new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                selfTo(endpoint, peer.endpoints()),
                Optional.of(peer),
                new Credential.Membership(),
                domain.key(),
                enrolment::request,
                wish.lastConnection(),
                resumption,
                versions,
                ports.random());
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
                enrolment::request,
                0,
                Resumption.NONE,
                versions,
                ports.random());
        try {
            return connect(endpoint, inquiry, settings.dial(), settings.handshake())
                    .peer();
        } catch (HandshakeException answered) {
            String message = "no runtime of this domain at " + endpoint + ": " + answered.getMessage();
            return switch (answered.reason()) {
                case INQUIRY -> inquiry.answering().orElseThrow();
                case REFUSED -> throw new AdmissionException(message, answered);
                case ELSEWHERE, LOST, CROSSED, ENROLLED ->
                    throw new UnreachableException(message, answered, answered.isGone());
            };
        }
    }

    @Override
    public Link join(Endpoint parent, JoinToken token, Duration timeout) {
        Optional<Joined> before = joined.filter(known -> known.tokenId.equals(token.id()));
        if (before.isPresent()) {
            return to(before.get().sponsor); // with the certificate for the token, which is used up
        }
        byte[] request = enrolment.request(); // now, because the other side does not wait for long
        DiallerHandshake handshake = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                selfTo(parent, List.of()),
                Optional.empty(),
                new Credential.Token(token.id()),
                token.secret().getBytes(StandardCharsets.UTF_8),
                () -> request,
                0,
                Resumption.NONE,
                versions,
                ports.random());
        try {
            return connect(parent, handshake, timeout, timeout);
        } catch (HandshakeException failed) {
            if (failed.reason() == Step.Cause.ENROLLED) {
                return to(joined.orElseThrow().sponsor);
            }
            String message = "cannot join at " + parent + ": " + failed.getMessage();
            throw failed.reason() == Step.Cause.REFUSED
                    ? new AdmissionException(message, failed)
                    : new UnreachableException(message, failed, failed.isGone());
        }
    }

    /** Opens a connection and goes through the handshake; blocks meanwhile. */
    private RuntimeLink connect(
            Endpoint endpoint, DiallerHandshake handshake, Duration dialLimit, Duration handshakeLimit)
            throws HandshakeException {
        Session session =
                new Session(selfId, endpoint.transport(), Optional.of(endpoint), handshake, table, membership, context);
        Connection connection;
        try {
            Transport transport = transports.named(endpoint.transport());
            connection = handshake.isForStrangers()
                    ? transport.dialStranger(endpoint, dialLimit, session)
                    : transport.dial(endpoint, dialLimit, session);
        } catch (PeerRefusedException foreign) {
            throw new HandshakeException(Step.Cause.REFUSED, foreign.getMessage());
        } catch (NothingListensException gone) {
            throw new HandshakeException(Step.Cause.ELSEWHERE, gone.getMessage(), true);
        } catch (IOException silent) {
            throw new HandshakeException(Step.Cause.ELSEWHERE, silent.getMessage());
        }
        try {
            handshake.identify(connection.identity());
            supervise(session, connection, handshakeLimit, false);
            connection.send(handshake.hello());
        } catch (IOException broken) {
            session.fail(Step.Cause.LOST, broken.getMessage(), connection); // unless it has ended by now
        } catch (RuntimeException | Error failed) {
            session.fail(Step.Cause.ELSEWHERE, failed.toString(), connection);
            connection.close();
            throw failed;
        }
        try {
            RuntimeLink link = session.result().get();
            if (listening.outgoingOnly()) {
                relays.add(link.peer(), endpoint); // again, if the end of a former link has taken it away
                if (!link.isOpen()) {
                    gone(link);
                }
            }
            return link;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            session.fail(Step.Cause.ELSEWHERE, "interrupted", connection);
            throw new HandshakeException(Step.Cause.ELSEWHERE, "interrupted during the handshake");
        } catch (ExecutionException failed) {
            handshake.answering().map(RuntimeAddress::id).ifPresent(this::notLinked);
            HandshakeException reason = (HandshakeException) failed.getCause();
            throw new HandshakeException(reason.reason(), reason.getMessage(), handshake.isAnsweredByAnother());
        }
    }

    private ConnectionHandler accepted(String transport, Connection connection) {
        AcceptorHandshake handshake = new AcceptorHandshake(self(), tokens, domain, versions, ports.random());
        handshake.identify(connection.identity());
        Session session = new Session(selfId, transport, Optional.empty(), handshake, table, membership, context);
        session.result().exceptionally(failed -> {
            tell(handshake.peer(), connection.peer(), (HandshakeException) failed);
            return null;
        });
        supervise(session, connection, settings.handshake(), true);
        breakOffOldest();
        return session;
    }

    private static void tell(String peer, String address, HandshakeException ended) {
        switch (ended.reason()) {
            case INQUIRY -> LOG.debug("at {}: {}", address, ended.getMessage());
            case ENROLLED -> LOG.info("{} at {}: {}", peer, address, ended.getMessage());
            case REFUSED, ELSEWHERE, CROSSED ->
                LOG.warn("{} at {} is not admitted: {}", peer, address, ended.getMessage());
        }
    }

    /** One who means it is done within milliseconds: who opens many connections gets in his own way only. */
    private void breakOffOldest() {
        List<Handshaking> accepted =
                handshaking.values().stream().filter(Handshaking::accepted).toList();
        if (accepted.size() > MAX_ACCEPTED) {
            Handshaking oldest = accepted.getFirst();
            oldest.session()
                    .fail(
                            Step.Cause.ELSEWHERE,
                            "it has not said who it is, and " + MAX_ACCEPTED + " others who have not are waiting too",
                            oldest.connection());
        }
    }

    /** Ends the session if it does not come to a link in time, so that silent connections do not stay. */
    private void supervise(Session session, Connection connection, Duration limit, boolean accepted) {
        long number = handshakes.incrementAndGet();
        Registration timer = ports.time()
                .after(
                        limit,
                        () -> session.fail(
                                Step.Cause.ELSEWHERE,
                                "the handshake was not finished within " + limit.toMillis() + " ms",
                                connection));
        handshaking.put(number, new Handshaking(session, connection, accepted));
        session.whenDecided(ended -> {
            timer.close();
            handshaking.remove(number);
        });
        if (!transports.offer(session.transport())) { // removed while it was dialled
            session.fail(Step.Cause.ELSEWHERE, "transport '" + session.transport() + "' was removed", connection);
        }
    }

    private final class DomainMembership implements Session.Membership {

        @Override
        public Optional<String> adopt(byte[] domainKey) {
            return RuntimeLinks.this.adopt(domainKey);
        }

        @Override
        public Optional<String> adopt(
                byte[] domainKey, byte[] grant, RuntimeAddress sponsor, Endpoint dialled, String tokenId) {
            Optional<String> obstacle = RuntimeLinks.this.adopt(domainKey);
            if (obstacle.isPresent()) {
                return obstacle;
            }
            try {
                enrolment.accept(grant, sponsor);
                List<Endpoint> ways = Stream.concat(Stream.of(dialled), sponsor.endpoints().stream())
                        .distinct()
                        .toList();
                joined = Optional.of(new Joined(tokenId, new RuntimeAddress(sponsor.id(), sponsor.name(), ways)));
                return Optional.empty();
            } catch (EnrolmentException unusable) {
                return Optional.of(unusable.getMessage());
            }
        }

        @Override
        public void reached(RuntimeAddress peer, Endpoint dialled) {
            if (listening.outgoingOnly()) {
                relays.add(peer, dialled);
            }
        }

        @Override
        public byte[] grant(byte[] request, RuntimeId joiner) throws EnrolmentException {
            return enrolment.grant(request, joiner);
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
