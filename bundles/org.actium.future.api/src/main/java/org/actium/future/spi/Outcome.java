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

        /**
         * The cause, ready to be thrown where the result is used: the frames of this thread stand below those of the
         * active object, after one that names the call. The cause must be the caller's own copy, since this changes it.
         *
         * @param call for example {@code Counter.value on counter-3}
         */
        public Throwable atCaller(String call) {
            cause.setStackTrace(CallStack.joined(cause.getStackTrace(), call));
            return cause;
        }
    }
}
