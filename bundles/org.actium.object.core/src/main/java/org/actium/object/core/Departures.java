package org.actium.object.core;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one sender has sent while something of it was held back: it leaves in its order, one after the other, on threads of
 * others. While anything is here, the sender itself sends nothing past it.
 */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Consumer<Runnable> threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Departure> waiting = new ArrayDeque<>(); // guarded by lock; the first one may be leaving

    /** @param holds who holds it back; {@code null} if nobody does */
    private record Departure(Holds holds, Runnable leaving) {}

    /** @param threads run something that may block */
    Departures(Consumer<Runnable> threads) {
        this.threads = threads;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** @param holds who holds it back; {@code null} if nobody does */
    void add(Holds holds, Runnable leaving) {
        Departure departure = new Departure(holds, leaving);
        boolean first;
        lock.lock();
        try {
            first = waiting.isEmpty();
            waiting.add(departure);
        } finally {
            lock.unlock();
        }
        if (first) {
            leaveWhenReleased(departure);
        }
    }

    private void leaveWhenReleased(Departure departure) {
        Runnable leaving = () -> threads.accept(() -> leave(departure));
        if (departure.holds == null) {
            leaving.run();
        } else {
            departure.holds.whenReleased(leaving);
        }
    }

    private void leave(Departure departure) {
        try {
            departure.leaving.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("what was held back could not leave", failed);
        }
        Departure next;
        lock.lock();
        try {
            waiting.remove();
            next = waiting.peek();
        } finally {
            lock.unlock();
        }
        if (next != null) {
            leaveWhenReleased(next);
        }
    }
}
