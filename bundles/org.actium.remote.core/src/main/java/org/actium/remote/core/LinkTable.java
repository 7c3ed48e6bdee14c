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
 * it wanted. A dialler says which link it knew last, so that one that dials again after a loss which this side has not
 * noticed yet is told from one that dialled at the same time.
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
     * @param lastLink the newest link there was to that runtime when the wish came up; 0 if there was none
     */
    record Wish(CompletableFuture<RuntimeLink> link, boolean first, long lastLink) {}

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
            CompletableFuture<RuntimeLink> dial = new CompletableFuture<>();
            dials.put(peer, dial);
            return new Wish(dial, true, lastLinks.of(peer));
        } finally {
            lock.unlock();
        }
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

    /** Makes it the link to its peer, unless another one stays. A link it replaces is closed. */
    boolean admit(RuntimeLink candidate) {
        RuntimeId peer = candidate.peer().id();
        RuntimeLink replaced;
        CompletableFuture<RuntimeLink> wish;
        lock.lock();
        try {
            replaced = links.get(peer);
            if (closed || !prevails(candidate, replaced)) {
                return false;
            }
            links.put(peer, candidate);
            lastLinks.add(peer, candidate.introduction().linkId(), links::containsKey);
            wish = dials.remove(peer);
        } finally {
            lock.unlock();
        }
        if (replaced != null) {
            replaced.close("replaced by a newer connection");
            replaced.awaitQuiet(); // also if somebody else has closed it
        }
        if (wish != null) {
            wish.complete(candidate);
        }
        return true;
    }

    private boolean prevails(RuntimeLink candidate, RuntimeLink existing) {
        RuntimeId peer = candidate.peer().id();
        boolean selfIsLower = self.compareTo(peer) < 0;
        if (selfIsLower && !candidate.dialler().equals(self) && dials.containsKey(peer)) {
            return false;
        }
        if (existing == null
                || !existing.isOpen()
                || existing.dialler().equals(candidate.dialler())
                || existing.introduction().linkId() == candidate.introduction().lastLink()) {
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
