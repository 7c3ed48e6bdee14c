package org.actium.ft.core.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.actium.ft.store.api.Blob;

/** What a {@link Protocol} is told. */
public sealed interface Input {

    // ---- by others

    record Arrived(Message message) implements Input {
        public Arrived {
            Objects.requireNonNull(message, "message");
        }
    }

    /** A message need not be kept any more. */
    record Acknowledged(Message.Key key) implements Input {
        public Acknowledged {
            Objects.requireNonNull(key, "key");
        }
    }

    /** What was sent has not been acknowledged for long, or its receiver may live elsewhere: send it again. */
    record Overdue() implements Input {}

    /**
     * They take nothing any more and send nothing, and never will: what is for them is given up, and so is what was asked of
     * them.
     *
     * @param who as {@link Party#together} says it
     */
    record Gone(Party who) implements Input {
        public Gone {
            Objects.requireNonNull(who, "who");
        }
    }

    // ---- by the object

    /** It serves nothing, and wants to. */
    record Ready() implements Input {}

    record Sends(Party to, boolean oneWay, Blob content) implements Input {
        public Sends {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(content, "content");
        }
    }

    /** It has the reply to that request, and does not ask for it again. */
    record Took(MessageId request) implements Input {
        public Took {
            Objects.requireNonNull(request, "request");
        }
    }

    /** It has served that request. @param content of the reply; of no meaning if nobody waits for one */
    record Served(Message.Request request, Blob content) implements Input {
        public Served {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * A checkpoint is to be taken; the object serves nothing, and this is its state.
     *
     * @param awaited requests whose replies it may still ask for
     */
    record Rests(Blob state, Set<MessageId> awaited) implements Input {
        public Rests {
            Objects.requireNonNull(state, "state");
            awaited = Collections.unmodifiableSet(new LinkedHashSet<>(awaited));
        }
    }

    // ---- by the store

    /** What was to be written is safe. */
    record Written() implements Input {}

    /**
     * Nobody knows whether what was to be written is safe; this is what was found since.
     *
     * @param inputs the highest number in the log, or that of the checkpoint, whichever is greater
     */
    record Found(long inputs, long checkpoint) implements Input {}

    /** The store has a higher incarnation: another copy has taken over. It has none, 0, of an object that was ended. */
    record Overtaken(long incarnation) implements Input {}
}
