package org.actium.object.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A failure of which no caller hears: nobody waits for the outcome of a one-way call.
 *
 * @param call what was called, for example {@code add on counter-3}
 * @param caller the active object that called; empty if it was a thread that serves none
 * @param cause what the method threw, or an {@link ActiveObjectException} that says why it was not served or that this
 *     is not known
 */
public record CallFailure(String call, BodyId target, Optional<BodyId> caller, Throwable cause) {

    public CallFailure {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(cause, "cause");
    }
}
