package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;

/**
 * What one sender has under way: a body, or a thread that serves none.
 *
 * <p>Keeps causal order without a round trip for each call: many requests to one and the same target may be
 * unacknowledged, but before anything goes to anyone else, all of them must be in the queue that will serve them.
 * (Caromel, Henrio, Serpette, POPL 2004, reach the same by waiting for each.)
 *
 * <p>One thread sends; acknowledgements come from any.
 */
final class Outbox implements Awaitable {

    private static final VarHandle UNACKNOWLEDGED;

    static {
        try {
            UNACKNOWLEDGED = MethodHandles.lookup().findVarHandle(Outbox.class, "unacknowledged", int.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * Requests under way; more would not be faster over any distance, and every sender may lay as many on a full queue.
     */
    private static final int WINDOW = 1000;

    private volatile int unacknowledged;
    private final Waits waits;
    private BodyId latestTarget;
    private long sequence;
    private volatile int enough; // how few unacknowledged requests the waiting thread waits for
    private volatile Thread waiting;

    Outbox(Waits waits) {
        this.waits = waits;
    }

    /** Blocks until nothing is under way to anyone but this target. @return the sequence number of the next request */
    long next(BodyId target) {
        if (target != latestTarget && !target.equals(latestTarget)) {
            settle();
            latestTarget = target;
        }
        return ++sequence;
    }

    /** A request that will be acknowledged is about to leave. */
    void sent() {
        UNACKNOWLEDGED.getAndAdd(this, 1);
    }

    /** One of them is in its queue, or will never be. */
    void acknowledged() {
        int left = (int) UNACKNOWLEDGED.getAndAdd(this, -1) - 1;
        Thread sender = waiting;
        if (sender != null && left <= enough) {
            LockSupport.unpark(sender);
        }
    }

    /**
     * Blocks while as many requests as may be are unacknowledged: a target whose queue is full withholds
     * acknowledgements, and so stops its senders. An interrupt is kept for later.
     */
    void waitForWindow() {
        if (unacknowledged >= WINDOW) {
            waitFor(WINDOW / 2);
        }
    }

    /** Blocks until nothing is under way. An interrupt does not end the wait: order must hold; it is kept for later. */
    void settle() {
        if (unacknowledged == 0) {
            return;
        }
        waitFor(0);
    }

    private void waitFor(int few) {
        enough = few;
        waiting = Thread.currentThread();
        waits.await(this);
        waiting = null;
    }

    @Override
    public boolean isThere() {
        return unacknowledged <= enough;
    }

    @Override
    public Wait.Kind kind() {
        return Wait.Kind.ACKNOWLEDGEMENT;
    }

    @Override
    public List<BodyId> producers() {
        return List.of(latestTarget);
    }

    @Override
    public Need need(Needs needs) {
        return needs.of(this, enough);
    }

    @Override
    public String what() {
        return "the requests to " + latestTarget + " to be in its queue";
    }

    @Override
    public boolean interruptible() {
        return false;
    }
}
