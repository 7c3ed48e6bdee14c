package org.actium.deployment.core;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a link of this runtime to another: dials again when it was lost, and tells when that has been in vain for too long.
 *
 * <pre>
 * LINKED ⇄ AWAY → GIVEN_UP → LINKED     the last if the other one dials
 *   └───────┴─────────┴────→ ENDED
 * </pre>
 */
final class Tie implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tie.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private enum Phase {
        LINKED,
        AWAY,
        GIVEN_UP,
        ENDED
    }

    /** What follows if the other one stays away. */
    interface Loss {

        /** It was not reached for as long as the lease. Whether it is dialled further. */
        boolean expired();

        /** It does not let this runtime in any more. Whether it is dialled further. */
        boolean refused(RuntimeAddress peer, String why);

        /** It does not answer, and is dialled further unless another has come in its place. Whether one has; blocks. */
        boolean replaced(RuntimeAddress peer, Endpoint way);
    }

    private final String role;
    private final RuntimeAddress peer;
    private final Endpoint way;
    private final Duration lease;
    private final Loss loss;
    private final Links links;
    private final Time time;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private Phase phase = Phase.LINKED; // guarded by lock
    private Duration pause = FIRST_PAUSE; // guarded by lock; before the next attempt
    private Registration expiry = () -> {}; // guarded by lock
    private Registration retry = () -> {}; // guarded by lock

    /**
     * @param role what the other one is to this runtime, for the log
     * @param way on which it was reached first; it may be one that the other does not know of, such as a forwarded port
     * @param lease how long it may stay away
     */
    Tie(
            String role,
            RuntimeAddress peer,
            Endpoint way,
            Duration lease,
            Loss loss,
            Links links,
            Time time,
            Threads threads) {
        this.role = role;
        this.peer = peer;
        this.way = way;
        this.lease = lease;
        this.loss = loss;
        this.links = links;
        this.time = time;
        this.threads = threads;
    }

    /** The link was closed. Does nothing if it is that of another runtime, or there is another one to the same. */
    void closed(Link link, String reason) {
        if (!isTo(link) || links.existing(peer.id()).isPresent()) {
            return;
        }
        lock.lock();
        try {
            if (phase != Phase.LINKED) {
                return;
            }
            phase = Phase.AWAY;
            pause = FIRST_PAUSE;
            expiry = time.after(lease, this::expire);
        } finally {
            lock.unlock();
        }
        LOG.warn("runtime {} lost its {} {}: {}; dials it again", name(), role, link.peer(), reason);
        RuntimeAddress where = reachable(link.peer());
        threads.run(() -> redial(where));
    }

    /** First on the way that was good before: the others may be dead ends, each of which takes its time. */
    private RuntimeAddress reachable(RuntimeAddress known) {
        return new RuntimeAddress(
                known.id(),
                known.name(),
                Stream.concat(Stream.of(way), known.endpoints().stream())
                        .distinct()
                        .toList());
    }

    private void redial(RuntimeAddress where) {
        if (phase() != Phase.AWAY) {
            return;
        }
        try {
            opened(links.to(where));
        } catch (AdmissionException refused) {
            if (loss.refused(where, refused.getMessage())) {
                dialLater(where);
            } else {
                giveUp();
            }
        } catch (RemotingException unreachable) {
            LOG.debug("runtime {} does not reach its {}", name(), role, unreachable);
            if (loss.replaced(peer, way)) {
                close();
            } else {
                dialLater(where);
            }
        }
    }

    private void dialLater(RuntimeAddress where) {
        lock.lock();
        try {
            if (phase == Phase.AWAY) {
                retry = time.after(pause, () -> redial(where));
                pause = longer(pause);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The pause after a pause that was in vain. */
    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** There is a link, whoever dialled. Does nothing if it is that of another runtime. */
    void opened(Link link) {
        lock.lock();
        try {
            if (phase == Phase.LINKED || phase == Phase.ENDED || !isTo(link)) {
                return;
            }
            phase = Phase.LINKED;
            expiry.close();
            retry.close();
        } finally {
            lock.unlock();
        }
        LOG.info("runtime {} is linked to its {} {} again", name(), role, link.peer());
        requireOpen(link);
    }

    /** Whether it is the link that this keeps. */
    boolean needs(Link link) {
        return isTo(link) && phase() != Phase.ENDED;
    }

    /** For a link that may have been closed before anybody listened for it. */
    void requireOpen(Link link) {
        if (!link.isOpen()) {
            closed(link, "closed at once");
        }
    }

    private void expire() {
        if (phase() != Phase.AWAY || links.existing(peer.id()).isPresent()) {
            return; // just in time: we shall hear of it in a moment, or have
        }
        if (!loss.expired()) {
            giveUp();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            if (phase == Phase.AWAY) {
                phase = Phase.GIVEN_UP;
                expiry.close();
                retry.close();
            }
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

    private boolean isTo(Link link) {
        return isTo(link.peer());
    }

    /** Whether it is that runtime to which this keeps the link. */
    boolean isTo(RuntimeAddress runtime) {
        return runtime.id().equals(peer.id());
    }

    private String name() {
        return links.self().name();
    }

    /** Leaves the link as it is. */
    @Override
    public void close() {
        lock.lock();
        try {
            phase = Phase.ENDED;
            expiry.close();
            retry.close();
        } finally {
            lock.unlock();
        }
    }
}
