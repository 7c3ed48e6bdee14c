package org.actium.object.core;

/** Something in the inbox of a body. The link to the next one is part of it, so that queueing allocates nothing. */
abstract sealed class Work permits Request, Work.Start, Work.End {

    /** Owned by the inbox while this is in it. */
    Work next;

    /** Runs the constructor; first in every inbox. */
    static final class Start extends Work {
        private final Runnable task;

        Start(Runnable task) {
            this.task = task;
        }

        void run() {
            task.run();
        }
    }

    /** Everything queued before this is served, then the body ends. */
    static final class End extends Work {}
}
