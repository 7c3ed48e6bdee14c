package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The queue of one body: many senders, one taker.
 *
 * <p>Senders push on a stack with one compare-and-set; the {@link Taker}, which is there while there is something to serve,
 * takes what is on it. Where nothing waits, the top may be a mark, which says whether there is a taker at all and whether it
 * is parked, so that exactly one sender learns that it must wake it, or that the inbox is closed, so that nothing is queued
 * after the last look:
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
 *
 * <p>A sender and the taker that both are busy share as few lines of the cache as can be, for each that they share costs
 * them more than all else they do to a request. So whatever the taker writes or reads for each request is in an object of
 * its own, and a sender looks at the count in there only when the place that it saw free the last time may be the last one.
 */
final class Inbox {

    /** As many places as a sender may know to be free without a look; what fits in two bytes. */
    private static final int MOST_FREE = Character.MAX_VALUE;

    private static final VarHandle TOP;
    private static final VarHandle WAITING_ROOM;
    private static final VarHandle TAKER;
    private static final VarHandle REMOVED;
    static final Work.Mark AWAKE = new Work.Mark(Work.TakerState.AWAKE, 0);
    private static final Work.Mark[] ASLEEP = new Work.Mark[256]; // by the last byte of the number
    private static final Work.Mark GONE = new Work.Mark(Work.TakerState.GONE, 0);

    static {
        for (int i = 0; i < ASLEEP.length; i++) {
            ASLEEP[i] = new Work.Mark(Work.TakerState.ASLEEP, i);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOP = lookup.findVarHandle(Inbox.class, "top", Work.class);
            WAITING_ROOM = lookup.findVarHandle(Inbox.class, "waitingRoom", WaitingRoom.class);
            TAKER = lookup.findVarHandle(Inbox.class, "taker", Taker.class);
            REMOVED = lookup.findVarHandle(Inbox.class, "removed", int.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile Work top = ASLEEP[0];
    private volatile Taker taker; // null while there is none
    private volatile int removed; // requests taken out until the last taker went; may overflow
    private volatile boolean ending; // the body serves nothing any more
    private volatile WaitingRoom waitingRoom; // null until somebody has to wait

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

    /** However many there are. */
    Push push(Work work) {
        while (true) {
            Work before = top;
            if (before == GONE) {
                return Push.CLOSED;
            }
            int gone = gone();
            if (isOutdated(before, gone)) {
                continue;
            }
            int number = numberOn(before, gone);
            boolean counts = work instanceof Request;
            work.number = counts ? number + 1 : number;
            work.free = counts && before.free > 0 ? (char) (before.free - 1) : before.free;
            work.next = before;
            if (TOP.compareAndSet(this, before, work)) {
                if (work instanceof Work.Order order && order.isUrgent()) {
                    callTaker();
                }
                return wake(before, number);
            }
        }
    }

    /** @param capacity how many requests there may be, this one included; others may push more */
    Push push(Request request, int capacity) {
        while (true) {
            Work before = top;
            if (before == GONE) {
                return Push.CLOSED;
            }
            int number = before.number;
            int free = before.free;
            if (free == 0) {
                int gone = gone(); // after the top: what is removed meanwhile only makes room
                if (isOutdated(before, gone)) {
                    continue;
                }
                number = numberOn(before, gone);
                free = Math.min(capacity - (number - gone), MOST_FREE);
                if (free <= 0) {
                    return Push.FULL;
                }
            }
            request.number = number + 1;
            request.free = (char) (free - 1);
            request.next = before;
            if (TOP.compareAndSet(this, before, request)) {
                return wake(before, number);
            }
        }
    }

    /** How many requests were ever pushed when that was on top. @param gone how many of them were taken out */
    static int numberOn(Work top, int gone) {
        return isAsleep(top) ? gone : top.number;
    }

    /** Whether more was pushed and taken out since that was on top; or the count is about to be set right. */
    private static boolean isOutdated(Work top, int gone) {
        return isAsleep(top) ? top.number != (gone & (ASLEEP.length - 1)) : top.number - gone < 0;
    }

    private static boolean isAsleep(Work top) {
        return top instanceof Work.Mark mark && mark.state == Work.TakerState.ASLEEP;
    }

    /** How many were taken out at some moment of this call. */
    private int gone() {
        while (true) {
            Taker present = taker;
            int turn = turnOf(present);
            int gone = present == null ? removed : present.removed();
            if (has(present, turn)) {
                return gone;
            }
        }
    }

    private static int turnOf(Taker taker) {
        return taker == null ? 0 : taker.turn();
    }

    /**
     * Whether what a taker said was about this inbox.
     *
     * @param present the taker there was, or {@code null}
     * @param turn that of it, from before it was asked
     */
    private boolean has(Taker present, int turn) {
        VarHandle.loadLoadFence(); // behind what it said
        return taker == present && turnOf(present) == turn;
    }

    /** What is to be done by whoever pushed on that. @param number how many requests were pushed before */
    private Push wake(Work before, int number) {
        if (!(before instanceof Work.Mark mark)) {
            return Push.QUEUED;
        }
        return switch (mark.state) {
            case ASLEEP -> {
                if (removed != number) {
                    removed = number; // there is no taker yet that would count
                }
                yield Push.START;
            }
            case PARKED -> Push.UNPARK;
            case AWAKE, GONE -> Push.QUEUED;
        };
    }

    /** Has the taker, if there is one, look at this before it serves another request. */
    private void callTaker() {
        Taker present = taker;
        if (present != null) {
            present.call();
        }
    }

    boolean isClosed() {
        return top == GONE;
    }

    /** Where one waits until there are fewer than that; always asked with the same capacity. */
    WaitingRoom waitingRoom(int capacity) {
        if (waitingRoom == null) {
            WAITING_ROOM.compareAndSet(this, null, new WaitingRoom(this, capacity));
        }
        callTaker(); // by each who enters: whoever made the room may not have called yet
        return waitingRoom;
    }

    Optional<WaitingRoom> existingWaitingRoom() {
        return Optional.ofNullable(waitingRoom);
    }

    /** Requests that are not yet taken out; those removed at this moment may or may not count. 0 once it is closed. */
    int size() {
        Work before = top;
        int gone = gone();
        return before == GONE ? 0 : Math.max(0, numberOn(before, gone) - gone);
    }

    /** From now on no request begins. Before whoever wants that closes the inbox. */
    void end() {
        ending = true;
        callTaker();
    }

    /** Whether no request begins any more. */
    boolean isEnding() {
        return ending;
    }

    /**
     * As {@link Taker#close}, from any other thread. The links of what was taken are those of the taker: what it has in hand
     * at this moment may be missing from the answer, and is still there for it.
     *
     * @return the requests that wait, oldest first
     */
    List<Request> closeFromOutside() {
        Work stack = shut();
        callTaker(); // it must not serve what is found here, even if whoever ended this has not come to call it
        VarHandle.fullFence(); // between the order to end and the look at what is claimed: see Taker.begin
        Taker present = taker; // which has no other inbox any more: it cannot sleep here, unless it does already
        Work known = present == null ? null : present.latest();
        List<Request> waiting = new ArrayList<>();
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
        for (Work work = present == null ? null : present.oldest(); work != null; work = work.next) {
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

    /** Whether what is behind the requests that were taken so far is not served. */
    boolean ends() {
        while (true) {
            Taker present = taker;
            int turn = turnOf(present);
            boolean ends = present != null && present.ends();
            if (has(present, turn)) {
                return ends;
            }
        }
    }

    /** Calls in those who wait for room, if there is any. */
    void callIn() {
        WaitingRoom waiting = waitingRoom;
        if (waiting != null) {
            waiting.roomMade();
        }
    }

    // ---- the taker only

    /** The one there is, else a new one. Whoever serves only, from a push that said {@code START} until that sleeps. */
    Taker taker() {
        Taker present = taker;
        return present == null ? admit(new Taker()) : present;
    }

    /** Whether there is one: not between a push that said {@code START} and what follows from it. */
    boolean hasTaker() {
        return taker != null;
    }

    /** Where there is none. @return the taker from now on, which has no other inbox */
    Taker admit(Taker next) {
        int gone = removed;
        next.take(this, ASLEEP[gone & (ASLEEP.length - 1)], gone);
        taker = next; // before it looks at anything: whoever does not see it has done what it looks at
        return next;
    }

    /** From now on there is a taker: nobody who pushes has to start one. Before anybody pushes. */
    Taker firstTaker() {
        Taker first = new Taker();
        first.take(this, AWAKE, 0);
        taker = first;
        top = AWAKE;
        return first;
    }

    /** What is on top; {@code null} if the inbox is closed. */
    Work top() {
        Work present = top;
        return present == GONE ? null : present;
    }

    /** Puts the mark on top unless something has come there since that. */
    boolean mark(Work known, Work.Mark mark) {
        return top == known && TOP.compareAndSet(this, known, mark);
    }

    /** Lets the taker go unless something has come on top since that. @param gone how many requests were ever taken out */
    boolean release(Taker present, Work known, int gone) {
        if (top != known) {
            return false;
        }
        REMOVED.setRelease(this, gone);
        TAKER.setRelease(this, null); // before whoever pushes on the mark starts another one
        if (TOP.compareAndSet(this, known, ASLEEP[gone & (ASLEEP.length - 1)])) {
            return true;
        }
        taker = present;
        present.call(); // those who called meanwhile found nobody
        return false;
    }

    /** Closes it. @return what was on top; {@code null} if it was closed before */
    Work shut() {
        Work stack = (Work) TOP.getAndSet(this, GONE);
        return stack == GONE ? null : stack;
    }
}
