package org.actium.object.core;

import org.actium.future.spi.Outcome;
import org.actium.object.api.Termination;
import org.actium.runtime.spi.Threads;

/** Active objects whose creator waits for them no longer: nobody will ever hold a stub of them. */
final class Abandoned {

    private final ObjectSpace space;
    private final Threads threads;

    Abandoned(ObjectSpace space, Threads threads) {
        this.space = space;
        this.threads = threads;
    }

    /** Waits for the stub; if that fails, the object ends as soon as it is there. */
    Outcome awaitOrEnd(ReplySlot creation) {
        try {
            return creation.await();
        } catch (RuntimeException stopped) { // interrupted, or found in a deadlock
            endWhenThere(creation);
            throw stopped;
        }
    }

    void endWhenThere(ReplySlot creation) {
        creation.whenKnown(outcome -> {
            if (outcome instanceof Outcome.Value(Object stub)) {
                threads.run(() -> end(stub));
            }
        });
    }

    void end(Object stub) {
        try {
            space.terminate(stub, Termination.NOW);
        } catch (RuntimeException unreachable) {
            // its runtime was lost, and the object with it
        }
    }
}
