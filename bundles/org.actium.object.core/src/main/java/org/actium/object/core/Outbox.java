package org.actium.object.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.actium.object.api.BodyId;

/**
 * What one sender has under way: a body, or a thread that serves none.
 *
 * <p>Keeps causal order without a round trip for each call: requests to one and the same target may be unacknowledged in
 * any number, but before anything goes to anyone else, all of them must be in the queue that will serve them. (Caromel,
 * Henrio, Serpette, POPL 2004, reach the same by waiting for each.)
 *
 * <p>One thread sends; acknowledgements come from any.
 */
final class Outbox {

    private final AtomicInteger unacknowledged = new AtomicInteger();
    private BodyId latestTarget;
    private long sequence;
    private volatile Thread waiting;

    /** Blocks until nothing is under way to anyone but this target. @return the sequence number of the next request */
    long next(BodyId target) {
        if (!target.equals(latestTarget)) {
            settle();
            latestTarget = target;
        }
        return ++sequence;
    }

    /** A request that will be acknowledged is about to leave. */
    void sent() {
        unacknowledged.incrementAndGet();
    }

    /** One of them is in its queue, or will never be. */
    void acknowledged() {
        if (unacknowledged.decrementAndGet() == 0) {
            LockSupport.unpark(waiting);
        }
    }

    /** Blocks until nothing is under way. An interrupt does not end the wait: order must hold; it is kept for later. */
    void settle() {
        if (unacknowledged.get() == 0) {
            return;
        }
        boolean interrupted = false;
        waiting = Thread.currentThread();
        while (unacknowledged.get() != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiting = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
