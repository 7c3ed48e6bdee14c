package org.actium.object.core;

/** Mistakes that an {@link Inbox} could have: who checks the one has to find the others. */
final class WrongUses {

    private WrongUses() {}

    /** Whoever pushes looks if there is room, and pushes then. */
    public static class LooksForRoomFirst extends QueueUse {
        @Override
        Inbox.Push push(Inbox to, Request request) {
            return to.size() >= CAPACITY ? Inbox.Push.FULL : to.push(request);
        }
    }

    /** The taker looks if something is queued, and writes that it sleeps over whatever has come since. */
    public static class SleepsWithoutLookingAgain extends QueueUse {
        @Override
        boolean sleep(Inbox of) {
            if (of.size() > 0) {
                return false;
            }
            return of.firstTaker().sleep();
        }
    }
}
