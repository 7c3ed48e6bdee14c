package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;

/**
 * Those who wait for room in a full inbox, in order of arrival: threads of this runtime, whose requests are not in it
 * yet, and acknowledgements to others, whose requests are. Made when an inbox is full for the first time.
 *
 * <p>Nobody waits for ever: whoever enters looks again after it, and the taker looks here after each request it takes
 * out.
 */
final class WaitingRoom {

    private final Inbox inbox;
    private final int capacity;
    private final Queue<Guest> guests = new ConcurrentLinkedQueue<>();

    WaitingRoom(Inbox inbox, int capacity) {
        this.inbox = inbox;
        this.capacity = capacity;
    }

    private sealed interface Guest {
        Request request();
    }

    private record Acknowledgement(Request request, Runnable task) implements Guest {}

    /**
     * Pushes it as soon as there is room. Blocks until then, or until the inbox is closed. An interrupt ends the wait: the
     * request was not pushed.
     *
     * @param needless whether it is not to be queued any more; whoever makes that so calls {@link #lookAgain}
     * @return {@code FULL} if it was needless
     */
    Inbox.Push enter(Request request, String what, Waits waits, BooleanSupplier needless) {
        Sender sender = new Sender(request, what, needless);
        try {
            waits.await(sender);
        } finally {
            sender.leave();
        }
        return sender.pushed;
    }

    /** Any thread: has those who wait look whether they still need room. */
    void lookAgain() {
        for (Guest guest : guests) {
            if (guest instanceof Sender sender) {
                LockSupport.unpark(sender.thread);
            }
        }
    }

    /** For a request that is in the inbox already, beyond its capacity. */
    void acknowledgeWhenThereIsRoom(Request request, Runnable acknowledgement) {
        guests.add(new Acknowledgement(request, acknowledgement));
        roomMade();
    }

    /** Any thread: calls in as many as there is room for. */
    void roomMade() {
        int free = inbox.isClosed() ? Integer.MAX_VALUE : capacity - inbox.size();
        while (free > 0) {
            switch (guests.poll()) {
                case Sender sender -> {
                    sender.callIn();
                    free--;
                }
                case Acknowledgement(Request _, Runnable task) -> task.run();
                case null -> {
                    return;
                }
            }
        }
    }

    /** Whether the request of that sender, or its acknowledgement, waits here for the taker to take others out. */
    boolean holdsBack(BodyId sender, long sequence) {
        return !inbox.isClosed()
                && inbox.size() >= capacity
                && guests.stream()
                        .map(Guest::request)
                        .anyMatch(request -> request.sequence() == sequence
                                && request.sender().equals(Optional.of(sender)));
    }

    /** A thread whose request is not let in yet. */
    private final class Sender implements Guest, Awaitable {
        private final Request request;
        private final String what;
        private final BooleanSupplier needless;
        private final Thread thread = Thread.currentThread();
        private volatile boolean waiting;
        private volatile Inbox.Push pushed = Inbox.Push.FULL; // written by that thread alone

        Sender(Request request, String what, BooleanSupplier needless) {
            this.request = request;
            this.what = what;
            this.needless = needless;
        }

        @Override
        public Request request() {
            return request;
        }

        void callIn() {
            waiting = false;
            LockSupport.unpark(thread);
        }

        @Override
        public boolean isThere() {
            if (!isDone() && !tryToEnter() && !waiting) {
                waiting = true;
                guests.add(this);
                if (!needless.getAsBoolean()) { // it, too, may have changed before anybody saw this one here
                    tryToEnter(); // there may have been room made before anybody saw this one here
                }
            }
            return isDone();
        }

        private boolean tryToEnter() {
            pushed = inbox.push(request, capacity);
            return isIn();
        }

        private boolean isDone() {
            return isIn() || needless.getAsBoolean();
        }

        private boolean isIn() {
            return pushed != Inbox.Push.FULL;
        }

        /** Whoever was called in, or was about to be, and does not take the place passes it on. */
        void leave() {
            guests.remove(this);
            roomMade();
        }

        @Override
        public Wait.Kind kind() {
            return Wait.Kind.ROOM;
        }

        @Override
        public List<BodyId> producers() {
            return List.of(request.target());
        }

        @Override
        public Need need(Needs needs) {
            return isDone() ? Need.NONE : needs.ofRoomFor(request);
        }

        @Override
        public String what() {
            return what;
        }
    }
}
