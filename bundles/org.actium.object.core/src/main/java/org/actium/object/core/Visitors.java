package org.actium.object.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/**
 * Counts the threads that are somewhere, until nobody is let in any more. Any thread; a thread may be there several times.
 *
 * <p>Who enters counts itself and then looks whether that is still allowed; who closes forbids it and then looks at the
 * counts. So one sees the other, and a count that was zero once stays so. Threads count in places far apart, lest they take
 * them from each other, and as far from the length of the array, which each of them reads.
 */
final class Visitors {

    private static final int PLACES = 16;
    private static final int APART = 16; // two lines of the cache, as they are fetched

    private final AtomicLongArray inside = new AtomicLongArray((1 + PLACES) * APART);
    private final List<Thread> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @return whether this thread is let in; then it must {@link #leave} */
    boolean enter() {
        int place = place();
        inside.getAndIncrement(place);
        if (closed) {
            leave(place);
            return false;
        }
        return true;
    }

    void leave() {
        leave(place());
    }

    private void leave(int place) {
        inside.getAndDecrement(place);
        if (closed) {
            waiting.forEach(LockSupport::unpark);
        }
    }

    private static int place() {
        return (1 + (int) (Thread.currentThread().threadId() & PLACES - 1)) * APART;
    }

    /** Lets nobody in from now on. */
    void close() {
        closed = true;
    }

    /** Whether nobody is there; once closed, that stays so. */
    boolean areGone() {
        for (int place = 1; place <= PLACES; place++) {
            if (inside.get(place * APART) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Waits until all have left, once closed; an interrupt is left for later. @return whether they have */
    boolean awaitGone(Time time, Duration limit) {
        if (areGone()) {
            return true;
        }
        Thread waiter = Thread.currentThread();
        long start = time.nanos();
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        boolean interrupted = false;
        waiting.add(waiter);
        try (Registration _ = time.after(limit, () -> LockSupport.unpark(waiter))) {
            while (!areGone()) {
                if (time.nanos() - start >= nanos) {
                    return false;
                }
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            waiting.remove(waiter);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
