package org.actium.deadlock.api;

import java.util.Objects;

/** A wait was ended because it was part of a deadlock. What was waited for may still come: the future stays good. */
public final class DeadlockException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Deadlock deadlock;

    public DeadlockException(Deadlock deadlock) {
        super(Objects.requireNonNull(deadlock, "deadlock").members().getFirst().name()
                + " was chosen to end a deadlock: " + deadlock);
        this.deadlock = deadlock;
    }

    /** The exception was thrown at its first member. */
    public Deadlock deadlock() {
        return deadlock;
    }
}
