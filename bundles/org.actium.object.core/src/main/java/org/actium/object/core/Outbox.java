package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
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
 * <p>Where only FIFO is asked for, each target has an outbox of its own, so that none of them waits for another, and the
 * sender's own one, through which nothing goes, is settled at all times.
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
    private final Targets targets; // null if this one is for all of them
    private BodyId latestTarget;
    private Queue<UnderWay> underWay; // in the order of sending; null until there was one
    private long sequence;
    private Departures departures; // null until something was held back
    private volatile Waiter waiter; // null while nobody waits

    /** A request that is not in its queue yet; equal to itself only. */
    interface UnderWay {
        /** As messages have it. */
        String call();

        /** What has to happen before it is in its queue. */
        Need need();

        /** It is there, or will never be. */
        default void settled() {}
    }

    /** @param enough how few unacknowledged requests it waits for */
    private record Waiter(Thread thread, int enough) {}

    Outbox(Waits waits, Ordering ordering) {
        this.waits = waits;
        this.targets = ordering == Ordering.FIFO ? new Targets(waits) : null;
    }

    /** One outbox for each target; the requests to all of them are numbered together. */
    private static final class Targets {

        private static final int FEW = 64;

        private final Waits waits;
        private final Map<BodyId, Outbox> outboxes = new HashMap<>();
        private int many = FEW; // so many, and those are dropped that have nothing under way
        private long sequence;

        Targets(Waits waits) {
            this.waits = waits;
        }

        /** For one request. */
        Outbox of(BodyId target) {
            if (outboxes.size() >= many) {
                outboxes.values().removeIf(outbox -> outbox.unacknowledged == 0);
                many = Math.max(FEW, 2 * outboxes.size());
            }
            Outbox outbox = outboxes.get(target);
            if (outbox == null) {
                outbox = new Outbox(waits, Ordering.CAUSAL);
                outboxes.put(target, outbox);
            }
            outbox.sequence = sequence++;
            return outbox;
        }
    }

    /** The one through which the next request, which is for that target, goes. */
    Outbox to(BodyId target) {
        return targets == null ? this : targets.of(target);
    }

    /** Blocks until nothing is under way to anyone but this target. @return the sequence number of the next request */
    long next(BodyId target) {
        if (!isHolding()) {
            turnTo(target);
        }
        return ++sequence;
    }

    /** Blocks until nothing is under way to anyone but this target, and nothing is said of what is held back. */
    void turnTo(BodyId target) {
        if (target != latestTarget && !target.equals(latestTarget)) {
            settleWhatHasLeft();
            latestTarget = target;
        }
    }

    /** What waits because something is held back; from then on the sender leaves the sending to it until it is empty. */
    Departures departures(Consumer<Runnable> threads) {
        if (departures == null) {
            departures = new Departures(threads);
        }
        return departures;
    }

    /** Whether something is held back, or waits behind that. */
    boolean isHolding() {
        return departures != null && !departures.isEmpty();
    }

    /** It is about to leave. */
    void sent(UnderWay request) {
        if (underWay == null) {
            underWay = new ConcurrentLinkedQueue<>();
        }
        underWay.add(request);
        UNACKNOWLEDGED.getAndAdd(this, 1);
    }

    /** It is in its queue, or will never be: mostly the oldest, unless it was served at once. */
    void acknowledged(UnderWay request) {
        underWay.remove(request);
        int left = (int) UNACKNOWLEDGED.getAndAdd(this, -1) - 1;
        Waiter present = waiter;
        if (present != null && left <= present.enough()) {
            LockSupport.unpark(present.thread());
        }
        request.settled();
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

    /**
     * Blocks until nothing is under way, unless something is held back: then that, and whatever is to come behind it, waits
     * elsewhere. An interrupt does not end the wait: order must hold; it is kept for later.
     */
    void settle() {
        if (!isHolding()) {
            settleWhatHasLeft();
        }
    }

    /** As {@link #settle}, whatever is held back. */
    void settleWhatHasLeft() {
        if (unacknowledged == 0) {
            return;
        }
        waitFor(0);
    }

    private void waitFor(int few) {
        waiter = new Waiter(Thread.currentThread(), few);
        waits.await(this);
        waiter = null;
    }

    @Override
    public boolean isThere() {
        return unacknowledged <= enough();
    }

    private int enough() {
        Waiter present = waiter;
        return present == null ? 0 : present.enough();
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
        return decisive().map(UnderWay::need).orElse(Need.NONE);
    }

    @Override
    public String what() {
        return decisive().map(UnderWay::call).orElse("the last request")
                + ", and what was sent before it, to be queued";
    }

    /** They have one target and are mostly acknowledged in their order: the one with which the wait ends. */
    private Optional<UnderWay> decisive() {
        int spared = enough();
        List<UnderWay> left = underWay == null ? List.of() : new ArrayList<>(underWay);
        return left.size() <= spared ? Optional.empty() : Optional.of(left.get(left.size() - 1 - spared));
    }

    @Override
    public boolean interruptible() {
        return false;
    }
}
