package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queue of one body: many senders, one taker.
 *
 * <p>Senders push on a stack with one compare-and-set; the taker reads what is on top, follows the links down to what was
 * on top when it looked last, and turns them round into a list of its own, from which it takes the oldest, or whichever it
 * chooses. Urgent orders go to the head of that list. Where nothing waits, the top may be a mark, which says whether there
 * is a taker at all and whether it is parked, so that exactly one sender learns that it must wake it, or that the inbox is
 * closed, so that nothing is queued after the last look:
 *
 * <pre>
 *   ASLEEP ─push (start a taker)────▶ work ──sleep, if that was taken──▶ ASLEEP
 *   PARKED ─push (unpark the taker)─▶ work ──park, if that was taken───▶ PARKED ──rise──▶ AWAKE
 *   any ──close──▶ GONE
 * </pre>
 *
 * <p>What is on top says how many requests were ever pushed, and the taker counts those it took out. Nothing comes on top
 * twice, so that a sender whose compare-and-set succeeds has the right number; except marks of sleep, lest every idle inbox
 * needs one of its own. They know the last byte of the number, which is that of the requests taken out. A sender that sees
 * the same mark a multiple of 256 requests later counts these too few, until it starts the taker and sets the count right.
 */
final class Inbox {

    private static final VarHandle TOP;
    private static final VarHandle REMOVED;
    private static final VarHandle WAITING_ROOM;
    private static final Work.Mark AWAKE = new Work.Mark(Work.Taker.AWAKE, 0);
    private static final Work.Mark[] ASLEEP = new Work.Mark[256]; // by the last byte of the number
    private static final Work.Mark GONE = new Work.Mark(Work.Taker.GONE, 0);

    static {
        for (int i = 0; i < ASLEEP.length; i++) {
            ASLEEP[i] = new Work.Mark(Work.Taker.ASLEEP, i);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOP = lookup.findVarHandle(Inbox.class, "top", Work.class);
            WAITING_ROOM = lookup.findVarHandle(Inbox.class, "waitingRoom", WaitingRoom.class);
            REMOVED = lookup.findVarHandle(Inbox.class, "removed", int.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile Work top = ASLEEP[0];
    private Work latest = ASLEEP[0]; // the taker's own: what was on top when it looked last
    private Work taken; // the taker's own: the oldest, or an order that goes before it
    private volatile boolean urgent; // an order in the stack goes before what was taken
    private boolean ends; // among what was taken is an end: what is behind it is not served
    private volatile boolean ending; // the body serves nothing any more
    private volatile WaitingRoom waitingRoom; // null until somebody has to wait
    private int removed; // requests ever taken out; the taker alone writes it; may overflow

    /** What became of a push. */
    enum Push {
        /** Queued; the taker is awake. */
        QUEUED,
        /** Queued; whoever pushed must start a taker. */
        START,
        /** Queued; whoever pushed must unpark the taker. */
        UNPARK,
        /** Not queued: there are as many requests as may be. */
        FULL,
        /** Not queued: the inbox is closed. */
        CLOSED
    }

    // ---- any thread

    /** As many as there may be. */
    Push push(Work work) {
        return work instanceof Work.Order order ? push(order) : push((Request) work, Integer.MAX_VALUE);
    }

    /** @param capacity how many requests there may be, this one included */
    Push push(Request request, int capacity) {
        while (true) {
            Work before = top;
            if (before == GONE) {
                return Push.CLOSED;
            }
            int gone = (int) REMOVED.getVolatile(this); // after the top: what is removed meanwhile only makes room
            if (isAsleep(before) && before.number != (gone & (ASLEEP.length - 1))) {
                continue; // there was a taker meanwhile
            }
            int number = numberOn(before, gone);
            if (number - gone >= capacity) {
                return Push.FULL;
            }
            request.number = number + 1;
            request.next = before;
            if (TOP.compareAndSet(this, before, request)) {
                return wake(before, number);
            }
        }
    }

    private static int numberOn(Work top, int gone) {
        return isAsleep(top) ? gone : top.number;
    }

    private static boolean isAsleep(Work top) {
        return top instanceof Work.Mark mark && mark.taker == Work.Taker.ASLEEP;
    }

    private Push push(Work.Order order) {
        while (true) {
            Work before = top;
            if (before == GONE) {
                return Push.CLOSED;
            }
            int number = numberOn(before, (int) REMOVED.getVolatile(this));
            order.number = number;
            order.next = before;
            if (TOP.compareAndSet(this, before, order)) {
                if (order.isUrgent()) {
                    urgent = true;
                }
                return wake(before, number);
            }
        }
    }

    /** What is to be done by whoever pushed on that. @param number how many requests were pushed before */
    private Push wake(Work before, int number) {
        if (!(before instanceof Work.Mark mark)) {
            return Push.QUEUED;
        }
        return switch (mark.taker) {
            case ASLEEP -> {
                if (removed != number) {
                    REMOVED.setRelease(this, number); // there is no taker yet that would
                }
                yield Push.START;
            }
            case PARKED -> Push.UNPARK;
            case AWAKE, GONE -> Push.QUEUED;
        };
    }

    boolean isClosed() {
        return top == GONE;
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

    /** Requests that are not yet taken out; those removed at this moment may or may not count. 0 once it is closed. */
    int size() {
        Work before = top;
        int gone = (int) REMOVED.getVolatile(this);
        return before == GONE ? 0 : Math.max(0, numberOn(before, gone) - gone);
    }

    /** From now on no request begins. Before whoever wants that closes the inbox. */
    void end() {
        ending = true;
    }

    /** Whether no request begins any more. */
    boolean isEnding() {
        return ending;
    }

    // ---- the taker only

    /** From now on there is a taker: nobody who pushes has to start one. Before anybody pushes. */
    void take() {
        latest = AWAKE;
        top = AWAKE;
    }

    /**
     * Must come between taking out and claiming a request, and serving it. Those who wait for room see it gone, or are
     * called in here. And of those who end the body meanwhile: either they see it claimed, or this tells that it is not to
     * be served; or both, and then whoever decides first has it.
     *
     * @return whether it is to be served
     */
    boolean begin() {
        VarHandle.fullFence();
        callIn();
        return !ending;
    }

    private void callIn() {
        WaitingRoom waiting = waitingRoom;
        if (waiting != null) {
            waiting.roomMade();
        }
    }

    /** Takes out the oldest, or the order that goes before it; {@code null} if there is none. {@link #begin} must follow. */
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
        VarHandle.fullFence(); // between the count and the look who waits: either sees the other
        callIn();
        return true;
    }

    /** Declares that there is no taker unless something has arrived. @return whether the taker may go */
    boolean sleep() {
        return taken == null && mark(Work.Taker.ASLEEP);
    }

    /** Declares that the taker waits unless something has arrived since it looked. @return whether it may park */
    boolean park() {
        return mark(Work.Taker.PARKED);
    }

    /** The taker does not wait any more. */
    void rise() {
        mark(Work.Taker.AWAKE);
    }

    /** Unless something has come on top since this looked. */
    private boolean mark(Work.Taker taker) {
        Work before = latest;
        if (top != before) {
            return false;
        }
        Work.Mark mark = taker == Work.Taker.ASLEEP
                ? ASLEEP[removed & (ASLEEP.length - 1)]
                : new Work.Mark(taker, numberOn(before, removed));
        latest = mark; // before whoever pushes on it starts another taker
        if (TOP.compareAndSet(this, before, mark)) {
            return true;
        }
        latest = before;
        return false;
    }

    /** Nothing is queued from now on. @return what was left, oldest first */
    Work close() {
        Work stack = (Work) TOP.getAndSet(this, GONE);
        callIn();
        if (stack != GONE) {
            append(stack);
        }
        Work first = taken;
        taken = null;
        return first;
    }

    /**
     * As {@link #close}, from any other thread. The links of what was taken are those of the taker: what it has in hand at
     * this moment may be missing from the answer, and is still there for it.
     *
     * @return the requests that wait, oldest first
     */
    List<Request> closeFromOutside() {
        Work stack = (Work) TOP.getAndSet(this, GONE);
        VarHandle.fullFence(); // between the order to end and the look at what is claimed: see begin
        List<Request> waiting = new ArrayList<>();
        Work known = latest;
        Work younger = null;
        for (Work work = stack; work != known && work != null; ) {
            addTo(waiting, work);
            Work older = work.next;
            if (older == younger) {
                break; // the taker turns the links round at this moment
            }
            younger = work;
            work = older;
        }
        Collections.reverse(waiting);
        List<Request> older = new ArrayList<>();
        for (Work work = taken; work != null; work = work.next) {
            addTo(older, work);
        }
        older.addAll(waiting);
        callIn();
        return older;
    }

    private static void addTo(List<Request> requests, Work work) {
        if (work instanceof Request request) {
            requests.add(request);
        }
    }

    // ---- the taker's list

    private void takeAll() {
        if (urgent) {
            urgent = false; // before the look at the top: an order that comes after that raises it again
        }
        Work stack = top;
        if (stack != latest && stack != GONE) {
            append(stack);
        }
    }

    /** Turns the stack round and puts it behind what was taken before. */
    private void append(Work stack) {
        Work orders = null;
        Work oldest = null;
        Work youngest = null;
        for (Work work = stack; work != latest; ) {
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
        latest = stack;
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
