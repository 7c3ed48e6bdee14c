package org.actium.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** Waits for what happens at some other time, on some other thread; in a simulation by its virtual time. */
public final class Eventually {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Time time;
    private final Duration patience;

    /** @param patience how long a condition may take to become true */
    public Eventually(Time time, Duration patience) {
        this.time = Objects.requireNonNull(time, "time");
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    /**
     * Blocks until the condition is true.
     *
     * @param what the condition in words, for the failure
     * @throws AssertionError if it is still false when patience is at its end, or the thread is interrupted, as JUnit's
     *     {@code Timeout} does; it stays interrupted
     */
    public void holds(String what, BooleanSupplier condition) {
        long begin = time.nanos();
        while (!condition.getAsBoolean()) {
            if (time.nanos() - begin > patience.toNanos()) {
                throw new AssertionError("not within " + patience.toMillis() + " ms: " + what);
            }
            pause();
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before it came true: " + what);
            }
        }
    }

    private void pause() {
        Thread waiting = Thread.currentThread();
        boolean[] over = {false};
        try (Registration _ = time.after(PAUSE, () -> {
            over[0] = true;
            LockSupport.unpark(waiting);
        })) {
            while (!over[0] && !waiting.isInterrupted()) {
                LockSupport.park(this);
            }
        }
    }
}
