package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteFailureException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties this runtime to the one it reports to: joins it, and ends with it. A deployment may name another runtime that holds the
 * lease: then this one ends with that, and outlives its parent.
 *
 * <pre>
 * JOINING → JOINED
 *    └─────────┴────→ ENDED
 * </pre>
 *
 * A runtime that is refused, or that does not reach the holder of its lease for as long as that, stops itself: so a holder that
 * crashes leaves nobody behind. One that has yet to join waits for longer for a parent that is there and too busy to answer.
 * One that a person started stays: after the lease it drops the nodes it was given, and goes on dialling. When its parent was started
 * anew, that is another runtime of the same domain where it was before: it drops the nodes then, and belongs to that one.
 */
@Component(
        service = {},
        immediate = true)
public final class ParentLease implements LinkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParentLease.class);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final String PARENT = "parent";
    private static final String HOLDER = "holder of its lease";

    private enum Phase {
        JOINING,
        JOINED,
        ENDED
    }

    private final Terms terms;
    private final Links links;
    private final RemoteObjects remoteObjects;
    private final LocalAgent agent;
    private final Stop stop;
    private final Time time;
    private final Threads threads;
    private final Consumer<Endpoint> whenJoined;
    private final Registration listening;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Tie> ties = new CopyOnWriteArrayList<>();
    private volatile boolean listed = true; // whether virtual nodes of the parent may take this runtime
    private Phase phase = Phase.JOINING; // guarded by lock
    private Duration pause = FIRST_PAUSE; // guarded by lock; before the next attempt to join
    private Optional<String> failure = Optional.empty(); // guarded by lock; of the last attempt to join
    private final Set<String> told = new HashSet<>(); // guarded by lock; failures, since it began or reached its parent
    private Registration expiry = () -> {}; // guarded by lock
    private Registration retry = () -> {}; // guarded by lock
    private Optional<Registration> absence = Optional.empty(); // guarded by lock; since nobody listens where it dials

    /**
     * What a runtime knows of its parent when it starts.
     *
     * @param parent {@code host:port}; several, with commas between, if nobody knows by which of them it is reached
     * @param token supplies the text of the join token
     * @param lease how long it lives without the holder of its lease
     * @param joining how long it may take to reach that for the first time
     * @param keep whether it lives on after that
     * @param holder of its lease, {@code host:port}, if that is not its parent
     */
    public record Terms(
            String parent,
            Supplier<String> token,
            Duration lease,
            Duration joining,
            boolean keep,
            Optional<String> holder) {

        /** The parent holds the lease, for as long as which it may take to join. */
        public Terms(String parent, Supplier<String> token, Duration lease, boolean keep) {
            this(parent, token, lease, lease, keep, Optional.empty());
        }
    }

    /** Satisfied only where the launcher has put a join token; joins when the framework has started all bundles. */
    @Activate
    public ParentLease(
            BundleContext context,
            @Reference(target = "(actium.secret=join-token)") Supplier<?> token,
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference LocalAgent agent,
            @Reference Stop stop,
            @Reference Time time,
            @Reference Threads threads) {
        this(
                new Terms(
                        Optional.ofNullable(context.getProperty("actium.parent"))
                                .orElse(""),
                        () -> String.valueOf(token.get()),
                        Lease.of(context),
                        Lease.joining(context),
                        Boolean.parseBoolean(context.getProperty("actium.parent.keep")),
                        Optional.ofNullable(context.getProperty("actium.lease.holder"))),
                links,
                remoteObjects,
                agent,
                stop,
                time,
                threads,
                reached -> announce(context, reached));
        Startup.whenComplete(context, this::start);
    }

    /** Does nothing before {@link #start}. */
    public ParentLease(
            Terms terms,
            Links links,
            RemoteObjects remoteObjects,
            LocalAgent agent,
            Stop stop,
            Time time,
            Threads threads) {
        this(terms, links, remoteObjects, agent, stop, time, threads, reached -> {});
    }

    /** @param whenJoined told once, after the first time, by which of its addresses the parent was reached */
    ParentLease(
            Terms terms,
            Links links,
            RemoteObjects remoteObjects,
            LocalAgent agent,
            Stop stop,
            Time time,
            Threads threads,
            Consumer<Endpoint> whenJoined) {
        this.terms = terms;
        this.links = links;
        this.remoteObjects = remoteObjects;
        this.agent = agent;
        this.stop = stop;
        this.time = time;
        this.threads = threads;
        this.whenJoined = whenJoined;
        this.listening = links.listen(this);
    }

    /** For the launcher, which sees no type of ours and tells people when the runtime is ready. */
    private static void announce(BundleContext context, Endpoint reached) {
        Supplier<String> parent = reached::toString;
        context.registerService(Supplier.class, parent, new Hashtable<>(Map.of("actium.event", "joined")));
    }

    /** Begins to join, on a thread of its own. */
    public void start() {
        lock.lock();
        try {
            expiry = time.after(terms.joining(), this::expire);
        } finally {
            lock.unlock();
        }
        threads.start("join-parent", this::join);
    }

    private void join() {
        List<String> failures = new ArrayList<>();
        try {
            JoinToken token = JoinToken.parse(terms.token().get());
            dial(token, List.of(terms.parent().split(",")), failures);
        } catch (AdmissionException refused) {
            end("is refused by " + terms.parent() + ": " + refused.getMessage());
        } catch (RemotingException unreachable) {
            retry(unreachable, failures.isEmpty() ? List.of(unreachable.getMessage()) : failures, this::join);
        } catch (IllegalArgumentException wrong) {
            end("cannot join its parent: " + wrong.getMessage());
        }
    }

    /**
     * Tries one address after the other; a refusal is the answer of the parent, or of somebody who knows no better.
     *
     * @param failures gets what fails at each
     */
    private void dial(JoinToken token, List<String> addresses, List<String> failures) {
        Endpoint first = Endpoint.parse(addresses.getFirst());
        Link link;
        try {
            link = links.join(first, token, ATTEMPT);
        } catch (UnreachableException unreachable) {
            failures.add(unreachable.getMessage());
            if (addresses.size() == 1) {
                throw unreachable;
            }
            LOG.debug("runtime {} does not reach its parent at {}", name(), first, unreachable);
            dialOthers(token, addresses.subList(1, addresses.size()), unreachable, failures);
            return;
        }
        if (terms.holder().isEmpty()) {
            joined(link, first, tie(PARENT, link, first, new End(PARENT)));
        } else {
            LOG.info(
                    "runtime {} joined {}; its lease is held by {}",
                    name(),
                    link.peer(),
                    terms.holder().get());
            Endpoint holder = Endpoint.parse(terms.holder().get());
            Tie toParent = tie(PARENT, link, first, new Patience());
            if (enter(Phase.JOINING, toParent)) {
                toParent.requireOpen(link);
                meet(holder, first);
            }
        }
    }

    private void dialOthers(
            JoinToken token, List<String> addresses, UnreachableException first, List<String> failures) {
        try {
            dial(token, addresses, failures);
        } catch (UnreachableException others) {
            throw others.isGone() == first.isGone()
                    ? others
                    : new UnreachableException(first.getMessage() + "; " + others.getMessage(), others);
        }
    }

    private void meet(Endpoint endpoint, Endpoint parent) {
        try {
            RuntimeAddress holder = links.resolve(endpoint);
            Link link = links.to(holder);
            joined(link, parent, tie(HOLDER, link, endpoint, new End(HOLDER)));
        } catch (AdmissionException refused) {
            end("is refused by the " + HOLDER + " at " + endpoint + ": " + refused.getMessage());
        } catch (RemotingException unreachable) {
            retry(unreachable, List.of(unreachable.getMessage()), () -> meet(endpoint, parent));
        }
    }

    private Tie tie(String role, Link link, Endpoint way, Tie.Loss loss) {
        return new Tie(role, link.peer(), way, terms.lease(), loss, links, time, threads);
    }

    /**
     * @param parent where that was reached
     * @param owner whom this runtime does not outlive
     */
    private void joined(Link link, Endpoint parent, Tie owner) {
        if (terms.keep()) {
            askWhetherListed(link.peer());
        }
        if (!enter(Phase.JOINED, owner)) {
            return;
        }
        if (terms.holder().isEmpty()) {
            LOG.info("runtime {} joined {}", name(), link.peer());
        }
        whenJoined.accept(parent);
        owner.requireOpen(link);
    }

    /** Now, since a parent that is started anew does not know any more with which token this runtime came. */
    private void askWhetherListed(RuntimeAddress parent) {
        try {
            listed = home(parent).lists(links.self().id());
        } catch (RemotingException | RemoteFailureException unanswered) {
            LOG.debug("runtime {} does not know whether virtual nodes may take it, and says yes", name(), unanswered);
        }
    }

    private ContainerHome home(RuntimeAddress parent) {
        return remoteObjects.at(parent, ContainerHome.class, ContainerHome.NAME);
    }

    /**
     * Goes over to a runtime of the domain that listens where the parent was, if there is one.
     *
     * @return whether there is, and it has taken this one; blocks
     */
    private boolean follow(RuntimeAddress former, Endpoint way) {
        try {
            RuntimeAddress successor = links.resolve(way);
            if (successor.id().equals(former.id())) {
                return false;
            }
            Link link = links.to(successor);
            agent.removeDeployedNodes(); // before others are given some
            if (listed && !home(successor).welcome(links.self().id())) {
                return false;
            }
            LOG.info(
                    "runtime {} has found {} in the place of its parent {}, and belongs to it",
                    name(),
                    successor,
                    former);
            Tie tie = tie(PARENT, link, way, new End(PARENT));
            if (enter(Phase.JOINED, tie)) {
                ties.removeIf(old -> old.isTo(former));
                tie.requireOpen(link);
            }
            return true;
        } catch (RemotingException | RemoteFailureException notYet) {
            LOG.debug("runtime {} finds nobody in the place of its parent {}", name(), former, notYet);
            return false;
        }
    }

    /** With one tie more; false if it is too late. */
    private boolean enter(Phase next, Tie tie) {
        lock.lock();
        try {
            if (phase == Phase.ENDED) {
                return false;
            }
            phase = next;
            ties.add(tie);
            failure = Optional.empty();
            told.clear();
            present();
            if (next == Phase.JOINED) {
                expiry.close();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Of whom the lease is. */
    private final class End implements Tie.Loss {

        private final String role;

        private End(String role) {
            this.role = role;
        }

        @Override
        public boolean expired() {
            if (terms.keep()) {
                LOG.warn(
                        "runtime {} has not reached its {} for {}: it drops the nodes it was given, and waits",
                        name(),
                        role,
                        Durations.text(terms.lease()));
                agent.removeDeployedNodes();
            } else {
                end("has not reached its " + role + " for " + Durations.text(terms.lease()));
            }
            return terms.keep();
        }

        @Override
        public boolean refused(RuntimeAddress peer, String why) {
            if (!terms.keep()) {
                end("is refused by its " + role + " " + peer + ": " + why);
            }
            return terms.keep();
        }

        @Override
        public boolean replaced(RuntimeAddress former, Endpoint way) {
            return terms.keep() && follow(former, way);
        }
    }

    /** Of a parent that does not hold the lease. */
    private static final class Patience implements Tie.Loss {

        @Override
        public boolean expired() {
            return false;
        }

        @Override
        public boolean refused(RuntimeAddress peer, String why) {
            return false;
        }

        @Override
        public boolean replaced(RuntimeAddress former, Endpoint way) {
            return false;
        }
    }

    @Override
    public void closed(Link link, String reason) {
        ties.forEach(tie -> tie.closed(link, reason));
    }

    @Override
    public void opened(Link link, Optional<String> tokenId) {
        ties.forEach(tie -> tie.opened(link));
    }

    /** It has to notice when its parent dies, or the holder of its lease. */
    @Override
    public boolean needs(Link link) {
        return ties.stream().anyMatch(tie -> tie.needs(link));
    }

    /** It has not joined in time. */
    private void expire() {
        if (phase() == Phase.JOINING) {
            end("has not reached its " + missing() + " within " + Durations.text(terms.joining()) + lastFailure());
        }
    }

    private void absent() {
        if (phase() == Phase.JOINING) {
            end("has found nobody who listens as its " + missing() + " for " + Durations.text(terms.lease())
                    + lastFailure());
        }
    }

    private String lastFailure() {
        lock.lock();
        try {
            return failure.map(why -> "; the last attempt: " + why).orElse("");
        } finally {
            lock.unlock();
        }
    }

    private String missing() {
        return ties.isEmpty()
                ? PARENT + " at " + terms.parent()
                : HOLDER + " at " + terms.holder().orElseThrow();
    }

    /** One that does not answer may be busy; one where nobody listens has the time of the lease to come back. */
    private void retry(RemotingException failed, List<String> failures, Runnable attempt) {
        boolean gone = failed instanceof UnreachableException unreachable && unreachable.isGone();
        report(failed.getMessage(), failures);
        lock.lock();
        try {
            if (phase == Phase.JOINING) {
                if (!gone) {
                    present();
                } else if (absence.isEmpty() && terms.joining().compareTo(terms.lease()) > 0) {
                    absence = Optional.of(time.after(terms.lease(), this::absent));
                }
                retry = time.after(pause, attempt);
                pause = Tie.longer(pause);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Each failure once: at several addresses they may be in turn others. */
    private void report(String why, List<String> failures) {
        String missing = missing();
        List<String> news;
        lock.lock();
        try {
            news = phase == Phase.JOINING ? failures.stream().filter(told::add).toList() : List.of();
            failure = Optional.of(why);
        } finally {
            lock.unlock();
        }
        if (!news.isEmpty()) {
            LOG.warn(
                    "runtime {} does not reach its {}, and goes on trying: {}",
                    name(),
                    missing,
                    String.join("; ", news));
        }
    }

    // guarded by lock
    private void present() {
        absence.ifPresent(Registration::close);
        absence = Optional.empty();
    }

    private void end(String why) {
        if (ended()) {
            LOG.error("runtime {} {}; it stops", name(), why);
            stop.stop();
        }
    }

    /** Enters the last phase; false if it was reached before. */
    private boolean ended() {
        lock.lock();
        try {
            boolean first = phase != Phase.ENDED;
            phase = Phase.ENDED;
            expiry.close();
            retry.close();
            present();
            ties.forEach(Tie::close);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private Phase phase() {
        lock.lock();
        try {
            return phase;
        } finally {
            lock.unlock();
        }
    }

    private String name() {
        return links.self().name();
    }

    /** Leaves the runtime as it is: it is being stopped, or this bundle is. */
    @Override
    @Deactivate
    public void close() {
        listening.close();
        ended();
    }
}
