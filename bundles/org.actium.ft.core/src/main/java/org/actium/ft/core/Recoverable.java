package org.actium.ft.core;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.store.api.Blob;

/**
 * An object that is made fault-tolerant. It serves one request at a time, and must do the same whenever it is in the same
 * state and gets the same requests and replies: no clocks, random numbers or threads.
 */
public interface Recoverable {

    /** Before anything else. @param calls for all that it sends, until it is stopped */
    default void begin(Calls calls) {}

    /** @return the content of the reply; of no meaning if the request is one-way */
    Blob serve(Message.Request request, Calls calls);

    /** Between two services. */
    State state();

    /** How many requests may wait for service; those who send more keep them. */
    default int capacity() {
        return Integer.MAX_VALUE;
    }

    /** @param awaited requests of its own whose replies it may still ask for; the replies to others need not be kept */
    record State(Blob bytes, Set<MessageId> awaited) {
        public State {
            Objects.requireNonNull(bytes, "bytes");
            awaited = Collections.unmodifiableSet(new LinkedHashSet<>(awaited));
        }
    }

    /** This copy is not to do anything any more. Any thread, also while it serves. */
    default void stop(String why) {}

    /** Makes objects from their states. */
    @FunctionalInterface
    interface Source {
        Recoverable from(String id, Blob state);
    }

    /** Those of a runtime that are called by fault-tolerant objects, and are none. */
    interface Others {

        Others NONE = new Others() {
            @Override
            public boolean serves(String name) {
                return false;
            }

            @Override
            public void serve(String name, Message.Request request, Consumer<Blob> reply) {
                throw new IllegalStateException("nobody here serves requests: " + request.id() + " to " + name);
            }
        };

        /** Whether there is, or was, somebody of that name who serves requests. */
        boolean serves(String name);

        /** Does not wait until it is served. @param reply called once, also if the request is one-way */
        void serve(String name, Message.Request request, Consumer<Blob> reply);
    }
}
