package org.actium.deployment.model;

import java.io.Serializable;
import java.util.Objects;

/** Something a descriptor gets wrong, where, and what to do about it. */
public record Problem(SourcePosition at, String message) implements Serializable {

    public Problem {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(message, "message");
    }

    /** {@code file:line:column: message}, or {@code builder: virtual node x: message}. */
    @Override
    public String toString() {
        return at + ": " + message;
    }
}
