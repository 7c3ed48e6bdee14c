package org.actium.future.spi;

import java.io.Serializable;
import java.util.Objects;

/** How a call ended. */
public sealed interface Outcome extends Serializable {

    /** @param value may be {@code null} */
    @SuppressWarnings("serial") // whether the value is serializable is for the codec to find out, with the path to it
    record Value(Object value) implements Outcome {}

    /** The call threw, or its reply will never come. */
    record Failure(Throwable cause) implements Outcome {
        public Failure {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
