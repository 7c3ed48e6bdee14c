package org.actium.remote.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.remote.api.RemotingException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.RuntimeId;

/**
 * At most one link to each runtime, and which one, if there could be two.
 *
 * <p>When two runtimes dial each other at once, the connection dialled by the one with the lower id stays: while the
 * lower one dials it admits nobody else's connection, and the higher one takes the connection of the lower for the one
 * it wanted. A dialler says which connection it knew last, so that one that dials again after a loss which this side has
 * not noticed yet is told from one that dialled at the same time.
 */
final class LinkTable {

    private final RuntimeId self;
    private final ReentrantLock lock = new ReentrantLock();
    /** Written under the lock, read without. */
    private final Map<RuntimeId, RuntimeLink> links = new ConcurrentHashMap<>();
    // guarded by lock
    private final Map<RuntimeId, CompletableFuture<RuntimeLink>> dials = new HashMap<>();
    private final LastLinks lastLinks = new LastLinks();
    private boolean closed;

    LinkTable(RuntimeId self) {
        this.self = self;
    }

    Optional<RuntimeLink> existing(RuntimeId peer) {
        return Optional.ofNullable(links.get(peer)).filter(RuntimeLink::isOpen);
    }

    List<RuntimeLink> all() {
        return links.values().stream().filter(RuntimeLink::isOpen).toList();
    }

    /**
     * A wish for a link.
     *
     * @param link completes when there is one, whoever dialled it
     * @param first whether nobody dials yet, so that the one who asked must
     * @param lastConnection the newest there was to that runtime when the wish came up; 0 if there was none
     */
    record Wish(CompletableFuture<RuntimeLink> link, boolean first, long lastConnection) {}

    /** What becomes of a connection. */
    sealed interface Admission {
        /** Another connection stays. */
        record Crossed() implements Admission {}

        /** It carries a new link. */
        record Fresh(RuntimeLink link) implements Admission {}

        /**
         * It carries a link that there was.
         *
         * @param told what to tell the other side
         */
        record Resumed(RuntimeLink link, Resumption told) implements Admission {}
    }

    Wish wish(RuntimeId peer) {
        lock.lock();
        try {
            RuntimeLink existing = links.get(peer);
            if (existing != null && existing.isOpen()) {
                return new Wish(CompletableFuture.completedFuture(existing), false, 0);
            }
            if (closed) {
                return new Wish(CompletableFuture.failedFuture(closedException()), false, 0);
            }
            CompletableFuture<RuntimeLink> underway = dials.get(peer);
            if (underway != null) {
                return new Wish(underway, false, 0);
            }
            return dial(peer);
        } finally {
            lock.unlock();
        }
    }

    /** A wish for another connection of an interrupted link; empty if it needs none, or somebody dials already. */
    Optional<Wish> wishToResume(RuntimeLink link) {
        RuntimeId peer = link.peer().id();
        lock.lock();
        try {
            boolean needed = !closed && links.get(peer) == link && link.isSought() && !dials.containsKey(peer);
            return needed ? Optional.of(dial(peer)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private Wish dial(RuntimeId peer) {
        CompletableFuture<RuntimeLink> dial = new CompletableFuture<>();
        dials.put(peer, dial);
        return new Wish(dial, true, lastLinks.of(peer));
    }

    private static UnreachableException closedException() {
        return new UnreachableException("this runtime has closed its links");
    }

    /** Ends a wish that nothing came of; does nothing if there is a link by now. */
    void fail(RuntimeId peer, CompletableFuture<RuntimeLink> wish, RemotingException reason) {
        lock.lock();
        try {
            dials.remove(peer, wish);
        } finally {
            lock.unlock();
        }
        wish.completeExceptionally(reason);
    }

    /**
     * Makes it the connection of the link to its peer, unless another one stays: of a new link, which replaces the one
     * there was, or of that one. Blocks until nothing is handled any more that came before.
     */
    Admission admit(Attachment candidate, LinkContext context) {
        RuntimeId peer = candidate.introduction().peer().id();
        RuntimeLink existing;
        RuntimeLink link;
        CompletableFuture<RuntimeLink> wish;
        lock.lock();
        try {
            existing = links.get(peer);
            if (closed || !prevails(candidate, existing)) {
                return new Admission.Crossed();
            }
            boolean resumed = existing != null && existing.isResumedBy(candidate.introduction());
            if (!resumed && isLate(candidate, existing)) {
                return new Admission.Crossed();
            }
            link = resumed ? existing : new RuntimeLink(candidate, context);
            links.put(peer, link);
            lastLinks.add(peer, candidate.introduction().connectionId(), links::containsKey);
            wish = dials.remove(peer);
        } finally {
            lock.unlock();
        }
        Admission admission;
        if (link == existing) {
            admission = new Admission.Resumed(link, link.replace(candidate));
        } else {
            if (existing != null) {
                existing.close("replaced by a newer connection");
                existing.attachment().awaitQuiet(); // also if somebody else has closed it
            }
            admission = new Admission.Fresh(link);
        }
        if (wish != null) {
            wish.complete(link);
        }
        return admission;
    }

    /** Whether it was to carry a link that has ended here, or has a successor by now. */
    private boolean isLate(Attachment candidate, RuntimeLink existing) {
        return candidate.introduction().resumption().link() != 0
                && (candidate.dialler().equals(self) || existing != null && existing.isOpen());
    }

    private boolean prevails(Attachment candidate, RuntimeLink existing) {
        RuntimeId peer = candidate.introduction().peer().id();
        boolean selfIsLower = self.compareTo(peer) < 0;
        if (selfIsLower && !candidate.dialler().equals(self) && dials.containsKey(peer)) {
            return false;
        }
        if (existing == null || !existing.isOpen() || existing.isInterrupted()) {
            return true;
        }
        Attachment current = existing.attachment();
        if (current.dialler().equals(candidate.dialler())
                || current.introduction().connectionId()
                        == candidate.introduction().lastConnection()) {
            return true;
        }
        return candidate.dialler().equals(selfIsLower ? self : peer);
    }

    void remove(RuntimeLink link) {
        lock.lock();
        try {
            links.remove(link.peer().id(), link);
        } finally {
            lock.unlock();
        }
    }

    /** Admits nothing more, and returns what is left. */
    List<RuntimeLink> close() {
        List<CompletableFuture<RuntimeLink>> pending;
        lock.lock();
        try {
            closed = true;
            pending = List.copyOf(dials.values());
            dials.clear();
        } finally {
            lock.unlock();
        }
        pending.forEach(wish -> wish.completeExceptionally(closedException()));
        return List.copyOf(links.values());
    }
}
