package org.actium.deployment.core;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
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
 * Ties this runtime to the one it reports to: joins it, and ends with it.
 *
 * <pre>
 * JOINING → LINKED ⇄ ORPHANED
 *    └─────────┴────────┴────→ ENDED
 * </pre>
 *
 * A runtime that is refused, or that does not reach its parent for as long as its lease, stops itself: so a parent that
 * crashes leaves nobody behind. One that a person started stays: after the lease it drops the nodes it was given, and
 * goes on dialling.
 */
@Component(
        service = {},
        immediate = true)
public final class ParentLease implements LinkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParentLease.class);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private enum Phase {
        JOINING,
        LINKED,
        ORPHANED,
        ENDED
    }

    private final Terms terms;
    private final Links links;
    private final LocalAgent agent;
    private final Stop stop;
    private final Time time;
    private final Threads threads;
    private final Runnable whenJoined;
    private final Registration listening;
    private final ReentrantLock lock = new ReentrantLock();
    private Phase phase = Phase.JOINING; // guarded by lock
    private Optional<RuntimeAddress> parent = Optional.empty(); // guarded by lock
    private Duration pause = FIRST_PAUSE; // guarded by lock; before the next attempt
    private Registration expiry = () -> {}; // guarded by lock
    private Registration retry = () -> {}; // guarded by lock

    /**
     * What a runtime knows of its parent when it starts.
     *
     * @param parent {@code host:port}; several, with commas between, if nobody knows by which of them it is reached
     * @param token supplies the text of the join token
     * @param lease how long it lives without its parent
     * @param keep whether it lives on after that
     */
    public record Terms(String parent, Supplier<String> token, Duration lease, boolean keep) {}

    /** Satisfied only where the launcher has put a join token; joins when the framework has started all bundles. */
    @Activate
    public ParentLease(
            BundleContext context,
            @Reference(target = "(actium.secret=join-token)") Supplier<?> token,
            @Reference Links links,
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
                        Boolean.parseBoolean(context.getProperty("actium.parent.keep"))),
                links,
                agent,
                stop,
                time,
                threads,
                () -> announce(context));
        Startup.whenComplete(context, this::start);
    }

    /** Does nothing before {@link #start}. */
    public ParentLease(Terms terms, Links links, LocalAgent agent, Stop stop, Time time, Threads threads) {
        this(terms, links, agent, stop, time, threads, () -> {});
    }

    /** @param whenJoined run once, after the first time */
    ParentLease(
            Terms terms, Links links, LocalAgent agent, Stop stop, Time time, Threads threads, Runnable whenJoined) {
        this.terms = terms;
        this.links = links;
        this.agent = agent;
        this.stop = stop;
        this.time = time;
        this.threads = threads;
        this.whenJoined = whenJoined;
        this.listening = links.listen(this);
    }

    /** For the launcher, which sees no type of ours and tells people when the runtime is ready. */
    private static void announce(BundleContext context) {
        Supplier<String> parent = () -> context.getProperty("actium.parent");
        context.registerService(Supplier.class, parent, new Hashtable<>(Map.of("actium.event", "joined")));
    }

    /** Begins to join, on a thread of its own. */
    public void start() {
        lock.lock();
        try {
            expiry = time.after(terms.lease(), this::expire);
        } finally {
            lock.unlock();
        }
        threads.start("join-parent", this::join);
    }

    private void join() {
        try {
            JoinToken token = JoinToken.parse(terms.token().get());
            joined(dial(token, List.of(terms.parent().split(","))));
        } catch (AdmissionException refused) {
            end("is refused by " + terms.parent() + ": " + refused.getMessage());
        } catch (RemotingException unreachable) {
            LOG.debug("runtime {} does not reach its parent", name(), unreachable);
            retry(this::join);
        } catch (IllegalArgumentException wrong) {
            end("cannot join its parent: " + wrong.getMessage());
        }
    }

    /** Tries one address after the other; a refusal is the answer of the parent, or of somebody who knows no better. */
    private Link dial(JoinToken token, List<String> addresses) {
        Endpoint first = Endpoint.parse(addresses.getFirst());
        try {
            return links.join(first, token, ATTEMPT);
        } catch (UnreachableException unreachable) {
            if (addresses.size() == 1) {
                throw unreachable;
            }
            LOG.debug("runtime {} does not reach its parent at {}", name(), first, unreachable);
            return dial(token, addresses.subList(1, addresses.size()));
        }
    }

    private void joined(Link link) {
        lock.lock();
        try {
            if (phase == Phase.ENDED) {
                return;
            }
            phase = Phase.LINKED;
            parent = Optional.of(link.peer());
            expiry.close();
        } finally {
            lock.unlock();
        }
        LOG.info("runtime {} joined {}", name(), link.peer());
        whenJoined.run();
        if (!link.isOpen()) {
            closed(link, "closed at once"); // before anybody listened for this parent
        }
    }

    @Override
    public void closed(Link link, String reason) {
        RuntimeAddress peer = link.peer();
        if (links.existing(peer.id()).isPresent()) {
            return;
        }
        lock.lock();
        try {
            if (phase != Phase.LINKED || !isParent(peer)) {
                return;
            }
            phase = Phase.ORPHANED;
            pause = FIRST_PAUSE;
            expiry = time.after(terms.lease(), this::expire);
        } finally {
            lock.unlock();
        }
        LOG.warn("runtime {} lost its parent {}: {}; dials it again", name(), peer, reason);
        threads.run(() -> redial(peer));
    }

    private void redial(RuntimeAddress peer) {
        if (phase() != Phase.ORPHANED) {
            return;
        }
        try {
            reunited(links.to(peer));
        } catch (AdmissionException refused) {
            if (terms.keep()) {
                retry(() -> redial(peer));
            } else {
                end("is refused by its parent " + peer + ": " + refused.getMessage());
            }
        } catch (RemotingException unreachable) {
            LOG.debug("runtime {} does not reach its parent", name(), unreachable);
            retry(() -> redial(peer));
        }
    }

    @Override
    public void opened(Link link, Optional<String> tokenId) {
        reunited(link);
    }

    private void reunited(Link link) {
        lock.lock();
        try {
            if (phase != Phase.ORPHANED || !isParent(link.peer())) {
                return;
            }
            phase = Phase.LINKED;
            expiry.close();
            retry.close();
        } finally {
            lock.unlock();
        }
        LOG.info("runtime {} is linked to its parent {} again", name(), link.peer());
        if (!link.isOpen()) {
            closed(link, "closed at once");
        }
    }

    /** The lease has ended without the parent. */
    private void expire() {
        switch (phase()) {
            case JOINING ->
                end("has not reached its parent at " + terms.parent() + " within " + Durations.text(terms.lease()));
            case ORPHANED -> {
                if (isLinkedToParent()) {
                    return; // just in time: we shall hear of it in a moment
                }
                if (terms.keep()) {
                    LOG.warn(
                            "runtime {} has not reached its parent for {}: it drops the nodes it was given, and waits",
                            name(),
                            Durations.text(terms.lease()));
                    agent.removeDeployedNodes();
                } else {
                    end("has not reached its parent for " + Durations.text(terms.lease()));
                }
            }
            case LINKED, ENDED -> {} // the timer was faster than its cancellation
        }
    }

    private void retry(Runnable attempt) {
        lock.lock();
        try {
            if (phase == Phase.JOINING || phase == Phase.ORPHANED) {
                retry = time.after(pause, attempt);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        } finally {
            lock.unlock();
        }
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

    private boolean isLinkedToParent() {
        Optional<RuntimeAddress> known;
        lock.lock();
        try {
            known = parent;
        } finally {
            lock.unlock();
        }
        return known.flatMap(address -> links.existing(address.id())).isPresent();
    }

    private boolean isParent(RuntimeAddress peer) {
        return parent.map(RuntimeAddress::id).filter(peer.id()::equals).isPresent();
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
