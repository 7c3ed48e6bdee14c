package org.actium.exports;

import java.io.Serializable;
import java.util.Objects;

/** How a call ended. */
sealed interface Outcome extends Serializable {

    /** @param value as the codec writes it */
    record Returned(byte[] value) implements Outcome {}

    /**
     * What it threw, twice: as an object, if it is serializable, and in words for a caller that does not know its class.
     *
     * @param object as the codec writes it; empty if it cannot be written
     */
    record Thrown(byte[] object, String exceptionClass, String message, StackTraceElement[] stack) implements Outcome {

        public Thrown {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(exceptionClass, "exceptionClass");
        }
    }
}
