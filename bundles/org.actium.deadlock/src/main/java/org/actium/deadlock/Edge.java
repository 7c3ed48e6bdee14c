package org.actium.deadlock;

import java.util.Objects;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;

/**
 * That something cannot come before one active object does its part.
 *
 * @param from what cannot come, as the runtime knows it that says so
 */
record Edge(Start from, BodyId to, Part part) {

    Edge {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(part, "part");
    }

    /** Where an edge begins. */
    sealed interface Start {

        /** The last wait on the path of the probe. */
        record OfWait() implements Start {}

        /** A future that was passed on to another runtime under that number. */
        record OfFuture(RuntimeId holder, long number) implements Start {
            public OfFuture {
                Objects.requireNonNull(holder, "holder");
            }
        }
    }

    /** What the active object has to do. */
    sealed interface Part {

        /**
         * Answer a call of the method with that name and those erased types.
         *
         * @param call the number under which the runtime that says so awaits the answer; 0 if it comes from there
         */
        record Answer(String signature, long call) implements Part {
            public Answer {
                Objects.requireNonNull(signature, "signature");
            }
        }

        /** Take a request, so that the one of that sender with that sequence number has room. */
        record MakeRoom(BodyId sender, long sequence) implements Part {
            public MakeRoom {
                Objects.requireNonNull(sender, "sender");
            }
        }
    }
}
