package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The queue of one body: many senders, one taker, in order of arrival.
 *
 * <p>Senders push on a stack with one compare-and-set; the taker takes the whole stack at once and turns it round. The
 * same word says whether the body is asleep ({@code IDLE}), so that exactly one sender learns that it must wake it, or
 * closed, so that nothing is queued after the last look:
 *
 * <pre>
 *   IDLE ──push (sender must wake)──▶ stack ──take──▶ empty ──sleep──▶ IDLE
 *   any ──close──▶ CLOSED
 * </pre>
 */
final class Inbox {

    private static final VarHandle TOP;
    private static final Work IDLE = new Work.End();
    private static final Work CLOSED = new Work.End();

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Inbox.class, "top", Work.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile Work top = IDLE;
    private Work taken; // the taker's own, oldest first

    /** What became of a push. */
    enum Push {
        /** Queued; the taker is awake. */
        QUEUED,
        /** Queued; whoever pushed must start the taker. */
        WAKE,
        /** Not queued: the inbox is closed. */
        CLOSED
    }

    /** Any thread. */
    Push push(Work work) {
        while (true) {
            Work before = top;
            if (before == CLOSED) {
                return Push.CLOSED;
            }
            work.next = before == IDLE ? null : before;
            if (TOP.compareAndSet(this, before, work)) {
                return before == IDLE ? Push.WAKE : Push.QUEUED;
            }
        }
    }

    /** The oldest; {@code null} if there is none. The taker only. */
    Work poll() {
        if (taken == null) {
            Work stack = top;
            if (stack == null || stack == IDLE || stack == CLOSED) {
                return null;
            }
            taken = reversed((Work) TOP.getAndSet(this, (Work) null));
        }
        Work oldest = taken;
        taken = oldest.next;
        oldest.next = null;
        return oldest;
    }

    /** Declares the taker asleep unless something has arrived. @return whether it may sleep; the taker only */
    boolean sleep() {
        return taken == null && TOP.compareAndSet(this, (Work) null, IDLE);
    }

    /** Nothing is queued from now on. @return what was left, oldest first; the taker only */
    Work close() {
        Work stack = (Work) TOP.getAndSet(this, CLOSED);
        Work rest = stack == IDLE || stack == CLOSED ? null : reversed(stack);
        if (taken == null) {
            return rest;
        }
        Work first = taken;
        taken = null;
        Work last = first;
        while (last.next != null) {
            last = last.next;
        }
        last.next = rest;
        return first;
    }

    private static Work reversed(Work stack) {
        Work first = null;
        Work work = stack;
        while (work != null) {
            Work below = work.next;
            work.next = first;
            first = work;
            work = below;
        }
        return first;
    }
}
