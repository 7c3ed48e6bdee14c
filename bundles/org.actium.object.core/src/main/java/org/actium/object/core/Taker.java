package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;

/**
 * The one who takes requests and orders out of an {@link Inbox}, from the moment somebody starts it until it sleeps. It
 * reads what is on the stack, follows the links down to what was on top when it looked last, and turns them round into a
 * list of its own, from which it takes the oldest, or whichever it chooses. Urgent orders go to the head of that list.
 *
 * <p>One thread at a time, except where a method says otherwise. Those who do anything that it must not overlook for long
 * {@link #call} it: it then looks at the inbox before it serves another request, and else need not.
 *
 * <p>One that sleeps may be used for another inbox. Whoever got hold of it before must ask {@link Inbox#has} whether what it
 * said was about theirs, unless it does no harm to take the one for the other.
 */
final class Taker {

    private static final VarHandle REMOVED;
    private static final VarHandle TURN;

    /** So many requests at once are few: to look for them costs the sender and the taker more than they do. */
    private static final int FEW = 32;

    /** So many show that it was worth the wait, and no more of it is needed. */
    private static final int MANY = 1024;

    /** How often it may find few before it lets more come. */
    private static final int PATIENCE = 8;

    /** How long it lets them: a microsecond or two, in which a sender makes about {@link #FEW}. */
    private static final int TURNS = 64;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REMOVED = lookup.findVarHandle(Taker.class, "removed", int.class);
            TURN = lookup.findVarHandle(Taker.class, "turn", int.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile int turn; // changes when it gets an inbox, and when it has left one
    private Inbox inbox;
    private Work latest; // what was on top when this looked last
    private Work taken; // the oldest, or an order that goes before it
    private volatile int removed; // requests ever taken out, by others before, too; may overflow
    private volatile boolean called = true; // there may be something new in the inbox
    private boolean urgent; // of that, an order that goes before what was taken
    private boolean ending; // of that, the end
    private boolean awaited; // of that, somebody who waits for room
    private int foundFew; // looks that found few one-way calls, since one found many, or none, or anything else
    private boolean ends; // among what was taken is an end: what is behind it is not served

    /** @param latest the mark on which others have pushed, or will. @param removed requests taken out before */
    void take(Inbox from, Work.Mark latest, int removed) {
        inbox = from;
        this.latest = latest;
        this.removed = removed;
        called = true;
        foundFew = 0;
        TURN.setRelease(this, turn + 1); // behind all that: see Inbox.has
    }

    /** It sleeps, and is free for another inbox. */
    void leave() {
        TURN.setRelease(this, turn + 1);
        VarHandle.storeStoreFence(); // before what it says is about anything else
        inbox = null;
        latest = null; // it may be large
    }

    /** Whether it has an inbox; for the thread that has taken it first. */
    boolean isTaken() {
        return inbox != null;
    }

    // ---- any thread

    /** Which of those that it was, or will be, this is; the same for as long as it has the same inbox. */
    int turn() {
        return turn;
    }

    /** Has it look at the inbox before it serves another request. After what it is to see there. */
    void call() {
        called = true;
    }

    /** Requests ever taken out; may overflow. */
    int removed() {
        return removed;
    }

    /** The oldest that was taken and is not out. Whoever is not the taker may find it gone, and its links changed. */
    Work oldest() {
        return taken;
    }

    /** What was on top when it looked last. As {@link #oldest} for others. */
    Work latest() {
        return latest;
    }

    /** Whether an end is among what was taken: whatever comes from now on is not served. */
    boolean ends() {
        return ends;
    }

    // ---- the taker

    /** Whether no request begins any more, as far as it is known here; {@link #begin} knows for certain. */
    boolean isEnding() {
        attend();
        return ending;
    }

    private void attend() {
        if (called) {
            called = false; // before the look: whoever calls after that is heard again
            urgent = true;
            ending = inbox.isEnding();
            awaited = inbox.existingWaitingRoom().isPresent();
        }
    }

    /**
     * Must come between taking out and claiming a request, and serving it. Those who wait for room see it gone, or are
     * called in here. And of those who end the body meanwhile: either they see it claimed, or this tells that it is not to
     * be served; or both, and then whoever decides first has it.
     *
     * @return whether it is to be served
     */
    boolean begin() {
        callIn();
        return !ending;
    }

    private void callIn() {
        VarHandle.fullFence(); // between the count and the look who waits: either sees the other
        attend();
        if (awaited) {
            inbox.callIn();
        }
    }

    /** Takes out the oldest, or the order that goes before it; {@code null} if there is none. {@link #begin} must follow. */
    Work poll() {
        takeUrgent();
        Work first = taken;
        if (first != null) {
            unlink(first);
        }
        return first;
    }

    /** The order that comes before any request; {@code null} if there is none. It stays. */
    Work.Order order() {
        takeUrgent();
        return taken instanceof Work.Order order ? order : null;
    }

    /** The oldest request that fits, {@code null} if there is none. It stays. */
    Request oldest(Predicate<Request> which) {
        takeAll();
        for (Work work = taken; work != null; work = work.next) {
            if (work instanceof Work.End) {
                return null;
            }
            if (work instanceof Request request && which.test(request)) {
                return request;
            }
        }
        return null;
    }

    /** The youngest request that fits, {@code null} if there is none. It stays. */
    Request youngest(Predicate<Request> which) {
        takeAll();
        if (taken == null) {
            return null;
        }
        Work work = ends ? beforeTheEnd() : taken.previous;
        while (work != null) {
            if (work instanceof Request request && which.test(request)) {
                return request;
            }
            work = work == taken ? null : work.previous;
        }
        return null;
    }

    private Work beforeTheEnd() {
        Work end = taken;
        while (!(end instanceof Work.End)) {
            end = end.next;
        }
        return end == taken ? null : end.previous;
    }

    /** Takes it out if it is there. @return whether it was */
    boolean remove(Request request) {
        if (request.previous == null) {
            return false;
        }
        unlink(request);
        callIn();
        return true;
    }

    /** Goes, unless something has arrived. @return whether it has gone: it must not be used any more */
    boolean sleep() {
        return taken == null && inbox.release(this, latest, removed);
    }

    /** Declares that it waits unless something has arrived since it looked. @return whether it may park */
    boolean park() {
        return mark(Work.TakerState.PARKED);
    }

    /** It does not wait any more. */
    void rise() {
        mark(Work.TakerState.AWAKE);
    }

    private boolean mark(Work.TakerState state) {
        Work.Mark mark = new Work.Mark(state, Inbox.numberOn(latest, removed));
        boolean marked = inbox.mark(latest, mark);
        if (marked) {
            latest = mark;
        }
        return marked;
    }

    /** Nothing is queued from now on. @return what was left, oldest first */
    Work close() {
        Work stack = inbox.shut();
        inbox.callIn();
        if (stack != null) {
            append(stack);
        }
        Work first = taken;
        taken = null;
        latest = Inbox.AWAKE; // and no request: stubs may be kept for long, and lead here
        return first;
    }

    // ---- its list

    private void takeUrgent() {
        attend();
        if (taken == null) {
            if (foundFew > PATIENCE && !awaited) {
                letMoreCome();
            }
            takeAll();
        } else if (urgent) {
            takeAll();
        }
    }

    /**
     * Somebody sends one-way calls about as fast as they are served. Each look at what is on top then takes that line of the
     * cache from a sender which is about to write to it. Nobody waits for these calls, so they are taken in larger lots.
     */
    private static void letMoreCome() {
        for (int turn = 0; turn < TURNS; turn++) {
            Thread.onSpinWait();
        }
    }

    private void takeAll() {
        urgent = false;
        Work stack = inbox.top();
        if (stack == null || stack == latest) {
            foundFew = 0;
        } else {
            append(stack);
        }
    }

    /** Turns the stack round and puts it behind what was taken before. */
    private void append(Work stack) {
        boolean oneWay = stack instanceof Request request && request.oneWay();
        int count = 0;
        Work orders = null;
        Work oldest = null;
        Work youngest = null;
        for (Work work = stack; work != latest; ) {
            Work older = work.next;
            count++;
            if (work instanceof Work.Order order && order.isUrgent()) {
                work.next = orders;
                orders = work;
            } else {
                ends |= work instanceof Work.End;
                work.next = oldest;
                if (oldest == null) {
                    youngest = work;
                } else {
                    oldest.previous = work;
                }
                oldest = work;
            }
            work = older;
        }
        if (oldest != null) {
            if (taken == null) {
                taken = oldest;
            } else {
                oldest.previous = taken.previous;
                taken.previous.next = oldest;
            }
            taken.previous = youngest;
        }
        latest = stack;
        if (!oneWay || count > MANY) {
            foundFew = 0;
        } else if (count <= FEW) {
            foundFew++;
        }
        while (orders != null) {
            Work following = orders.next;
            insert((Work.Order) orders);
            orders = following;
        }
    }

    /** Puts an urgent order behind those of its rank and before everything else. */
    private void insert(Work.Order order) {
        ends |= order instanceof Work.End;
        Work before = null;
        Work after = taken;
        while (after instanceof Work.Order other && other.rank.compareTo(order.rank) <= 0) {
            before = after;
            after = after.next;
        }
        order.next = after;
        if (before != null) {
            order.previous = before;
            before.next = order;
        } else {
            order.previous = taken == null ? order : taken.previous;
            taken = order;
        }
        if (after != null) {
            after.previous = order;
        } else {
            taken.previous = order;
        }
    }

    private void unlink(Work work) {
        Work after = work.next;
        if (work == taken) {
            taken = after;
            if (after != null) {
                after.previous = work.previous;
            }
        } else {
            work.previous.next = after;
            (after == null ? taken : after).previous = work.previous;
        }
        work.next = null;
        work.previous = null;
        if (work instanceof Request) {
            REMOVED.setRelease(this, removed + 1);
        }
    }
}
