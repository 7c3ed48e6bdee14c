package org.actium.object.spi;

import java.io.Serializable;
import java.util.Objects;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;

/** Whose requests are numbered together. With the number of a request it names that request, wherever it comes from. */
public sealed interface SenderId extends Serializable {

    /** An active object. */
    record OfBody(BodyId body) implements SenderId {
        public OfBody {
            Objects.requireNonNull(body, "body");
        }
    }

    /**
     * A thread that serves no active object. It is not recovered, and another one gets another number.
     *
     * @param number among the threads of that runtime
     */
    record OfThread(RuntimeId runtime, long number) implements SenderId {
        public OfThread {
            Objects.requireNonNull(runtime, "runtime");
        }
    }
}
