package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queue of one body: many senders, one taker.
 *
 * <p>Senders push on a stack with one compare-and-set; the taker takes the whole stack at once and turns it round into
 * a list of its own, from which it takes the oldest, or whichever it chooses. Urgent orders go to the head of that
 * list. The top of the stack also says whether there is a taker at all ({@code IDLE}) and whether it waits
 * {@code PARKED}), so that exactly one sender learns that it must wake it, or closed, so that nothing is queued after
 * the last look:
 *
 * <pre>
 *   IDLE ────push (start a taker)────▶ stack ◀──take──▶ empty ──sleep──▶ IDLE
 *   PARKED ──push (unpark the taker)─▶ stack            empty ──park───▶ PARKED ──rise──▶ empty
 *   any ──close──▶ CLOSED
 * </pre>
 */
final class Inbox {

    private static final VarHandle TOP;
    private static final VarHandle ADMITTED;
    private static final VarHandle REMOVED;
    private static final VarHandle WAITING_ROOM;
    private static final Work IDLE = new Work.End(Work.Rank.IN_TURN);
    private static final Work PARKED = new Work.End(Work.Rank.IN_TURN);
    private static final Work CLOSED = new Work.End(Work.Rank.IN_TURN);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOP = lookup.findVarHandle(Inbox.class, "top", Work.class);
            ADMITTED = lookup.findVarHandle(Inbox.class, "admitted", int.class);
            WAITING_ROOM = lookup.findVarHandle(Inbox.class, "waitingRoom", WaitingRoom.class);
            REMOVED = lookup.findVarHandle(Inbox.class, "removed", int.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile Work top = IDLE;
    private Work taken; // the taker's own: the oldest, or an order that goes before it
    private volatile boolean urgent; // an order in the stack goes before what was taken
    private boolean ends; // among what was taken is an end: what is behind it is not served
    private int admitted; // requests ever let in; they and those removed may overflow, their difference does not
    private volatile WaitingRoom waitingRoom; // null until somebody has to wait
    private int removed; // requests ever taken out; the taker alone writes it

    /** What became of a push. */
    enum Push {
        /** Queued; the taker is awake. */
        QUEUED,
        /** Queued; whoever pushed must start a taker. */
        START,
        /** Queued; whoever pushed must unpark the taker. */
        UNPARK,
        /** Not queued: the inbox is closed. */
        CLOSED
    }

    // ---- any thread

    /** Lets one more request in if there are fewer than that. Must come before its push. @return whether it did */
    boolean admit(int capacity) {
        while (true) {
            int in = (int) ADMITTED.getVolatile(this); // first: what is removed after it can only make more room
            if (in - (int) REMOVED.getVolatile(this) >= capacity) {
                return false;
            }
            if (ADMITTED.compareAndSet(this, in, in + 1)) {
                return true;
            }
        }
    }

    /** Lets one more request in, whatever is there. Must come before its push. */
    void admitInAnyCase() {
        ADMITTED.getAndAdd(this, 1);
    }

    boolean isClosed() {
        return top == CLOSED;
    }

    /** Where one waits until there are fewer than that; always asked with the same capacity. */
    WaitingRoom waitingRoom(int capacity) {
        WaitingRoom present = waitingRoom;
        if (present != null) {
            return present;
        }
        WaitingRoom made = new WaitingRoom(this, capacity);
        WaitingRoom other = (WaitingRoom) WAITING_ROOM.compareAndExchange(this, null, made);
        return other == null ? made : other;
    }

    Optional<WaitingRoom> existingWaitingRoom() {
        return Optional.ofNullable(waitingRoom);
    }

    /** Requests that were let in and not yet taken out; those removed at this moment may or may not count. */
    int size() {
        int in = (int) ADMITTED.getVolatile(this);
        return Math.max(0, in - (int) REMOVED.getVolatile(this));
    }

    Push push(Work work) {
        while (true) {
            Work before = top;
            if (before == CLOSED) {
                return Push.CLOSED;
            }
            work.next = before == IDLE || before == PARKED ? null : before;
            if (TOP.compareAndSet(this, before, work)) {
                if (work instanceof Work.Order order && order.isUrgent()) {
                    urgent = true;
                }
                return before == IDLE ? Push.START : before == PARKED ? Push.UNPARK : Push.QUEUED;
            }
        }
    }

    // ---- the taker only

    /** From now on there is a taker: nobody who pushes has to start one. Before anybody pushes. */
    void take() {
        top = null;
    }

    /** Takes out the oldest, or the order that goes before it; {@code null} if there is none. */
    Work poll() {
        if (taken == null || urgent) {
            takeAll();
        }
        Work first = taken;
        if (first != null) {
            unlink(first);
        }
        return first;
    }

    /** The order that comes before any request; {@code null} if there is none. It stays. */
    Work.Order order() {
        if (taken == null || urgent) {
            takeAll();
        }
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

    /** Whether an end is among what was taken: whatever comes from now on is not served. The taker only. */
    boolean ends() {
        return ends;
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
        return true;
    }

    /** Declares that there is no taker unless something has arrived. @return whether the taker may go */
    boolean sleep() {
        return taken == null && TOP.compareAndSet(this, (Work) null, IDLE);
    }

    /** Declares that the taker waits unless something has arrived since it looked. @return whether it may park */
    boolean park() {
        return TOP.compareAndSet(this, (Work) null, PARKED);
    }

    /** The taker does not wait any more. */
    void rise() {
        TOP.compareAndSet(this, PARKED, (Work) null);
    }

    /** Nothing is queued from now on. @return what was left, oldest first */
    Work close() {
        Work stack = (Work) TOP.getAndSet(this, CLOSED);
        WaitingRoom waiting = waitingRoom;
        if (waiting != null) {
            waiting.roomMade();
        }
        if (!isEmpty(stack)) {
            append(stack);
        }
        Work first = taken;
        taken = null;
        return first;
    }

    private static boolean isEmpty(Work stack) {
        return stack == null || stack == IDLE || stack == PARKED || stack == CLOSED;
    }

    // ---- the taker's list

    private void takeAll() {
        Work stack = top;
        if (isEmpty(stack)) {
            return;
        }
        if (urgent) {
            urgent = false; // before the stack is taken: an order that comes now raises it again
        }
        append((Work) TOP.getAndSet(this, (Work) null));
    }

    /** Turns the stack round and puts it behind what was taken before. */
    private void append(Work stack) {
        Work orders = null;
        Work oldest = null;
        Work youngest = null;
        for (Work work = stack; work != null; ) {
            Work older = work.next;
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
            REMOVED.setVolatile(this, removed + 1); // before looking who waits: either sees the other
            WaitingRoom waiting = waitingRoom;
            if (waiting != null) {
                waiting.roomMade();
            }
        }
    }
}
