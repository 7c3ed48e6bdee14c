package org.actium.object.spi;

import java.util.Objects;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;

/** What has to happen before a wait ends, as it is at the moment of asking. */
public sealed interface Need {

    /** Nothing another active object would have to do: it is about to come, or comes from elsewhere. */
    Need NONE = new None();

    /**
     * An active object has to answer a call, and has not yet.
     *
     * @param home where the call went
     * @param signature name and erased types of the method
     * @param call the number under which the runtime that says so awaits the answer; 0 if it comes from there
     */
    record Reply(BodyId producer, RuntimeAddress home, String signature, long call) implements Need {
        public Reply {
            Objects.requireNonNull(producer, "producer");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(signature, "signature");
        }
    }

    /**
     * The queue of an active object has to take a request, and has not yet.
     *
     * @param home where the request went
     * @param sender whose request it is
     * @param sequence which one of that sender
     */
    record Room(BodyId owner, RuntimeAddress home, BodyId sender, long sequence) implements Need {
        public Room {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(sender, "sender");
        }
    }

    /**
     * Another runtime has to send the value of a future that it passed on to this one, or to create an active object that
     * this one has ordered.
     *
     * @param future the number under which it passed it on; negative for a creation
     */
    record Value(RuntimeAddress from, long future) implements Need {
        public Value {
            Objects.requireNonNull(from, "from");
        }
    }

    /** See {@link Need#NONE}. */
    record None() implements Need {}
}
