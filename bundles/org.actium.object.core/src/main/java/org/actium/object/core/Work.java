package org.actium.object.core;

import java.util.Objects;

/** Something in the inbox of a body. The links to its neighbours are part of it, so that queueing allocates nothing. */
abstract sealed class Work permits Request, Work.Order, Work.Mark {

    /**
     * The next younger one, once the taker has it; the next older one before. Owned by the inbox while this is in it.
     */
    Work next;

    /** The next older one; that of the oldest is the youngest. {@code null} if the taker does not have it. */
    Work previous;

    /** How many requests were pushed on the inbox so far, this one included. Owned by the inbox; may overflow. */
    int number;

    /** How many more may be pushed on this before anybody needs to look how many were taken out. Owned by the inbox. */
    char free;

    /** On top of an inbox where nothing waits, or of one that is closed. Says how many requests were pushed before. */
    static final class Mark extends Work {
        final TakerState state;

        Mark(TakerState state, int number) {
            this.state = state;
            this.number = number;
        }
    }

    /** What the taker of an inbox does while nothing waits. */
    enum TakerState {
        AWAKE,
        /** There is none. */
        ASLEEP,
        PARKED,
        /** There will be none any more. */
        GONE
    }

    /**
     * What the body itself is told to do, on its thread of service, between requests or within its primitives of
     * service.
     */
    abstract static sealed class Order extends Work permits Start, End, Errand {
        final Rank rank;

        Order(Rank rank) {
            this.rank = Objects.requireNonNull(rank, "rank");
        }

        /** Whether it goes before every request that waits. */
        boolean isUrgent() {
            return rank != Rank.IN_TURN;
        }
    }

    /** Which order comes first; in the same rank, the older one. */
    enum Rank {
        FIRST,
        BEFORE_REQUESTS,
        /** After everything that was queued before it. */
        IN_TURN
    }

    /** Brings the object to life; first in every inbox. */
    static final class Start extends Order {
        private final Runnable task;

        Start(Runnable task) {
            super(Rank.FIRST);
            this.task = task;
        }

        void run() {
            task.run();
        }
    }

    /** The body ends when it comes to this. */
    static final class End extends Order {
        End(Rank rank) {
            super(rank);
        }
    }

    /** Something to do that is no request. */
    static final class Errand extends Order {
        private final Runnable task;

        Errand(Rank rank, Runnable task) {
            super(rank);
            this.task = Objects.requireNonNull(task, "task");
        }

        void run() {
            task.run();
        }
    }
}
