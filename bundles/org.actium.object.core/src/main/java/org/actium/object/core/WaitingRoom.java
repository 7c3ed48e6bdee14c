package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
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

    /** Blocks until the inbox let one more request in, or is closed. An interrupt ends the wait: nothing was let in. */
    void enter(Request request, String what, Waits waits) {
        Sender sender = new Sender(request, what);
        try {
            waits.await(sender);
        } finally {
            sender.leave();
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
        private final Thread thread = Thread.currentThread();
        private volatile boolean waiting;
        private volatile boolean admitted; // written by that thread alone

        Sender(Request request, String what) {
            this.request = request;
            this.what = what;
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
            if (!admitted && !tryToEnter() && !waiting) {
                waiting = true;
                guests.add(this);
                tryToEnter(); // there may have been room made before anybody saw this one here
            }
            return admitted;
        }

        private boolean tryToEnter() {
            admitted = inbox.admit(capacity) || inbox.isClosed();
            return admitted;
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
            return admitted ? Need.NONE : needs.ofRoomFor(request);
        }

        @Override
        public String what() {
            return what;
        }
    }
}
