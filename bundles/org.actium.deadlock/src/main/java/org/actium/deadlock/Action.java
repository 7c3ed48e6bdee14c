package org.actium.deadlock;

import java.util.Objects;
import org.actium.deadlock.api.Deadlock;
import org.actium.runtime.api.RuntimeAddress;

/** What {@link EdgeChasing} wants done. */
sealed interface Action {

    /** Send the message to another runtime. If it does not get there, nothing is lost but time. */
    record Send(RuntimeAddress to, Message message) implements Action {
        public Send {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * Tell of a deadlock, for the first time.
     *
     * @param first the wait of its first member, which is in this runtime
     */
    record Report(Deadlock deadlock, WaitId first) implements Action {
        public Report {
            Objects.requireNonNull(deadlock, "deadlock");
            Objects.requireNonNull(first, "first");
        }
    }
}
