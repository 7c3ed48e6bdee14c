package org.actium.itests.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, which nothing here can be told of: looks again until it is so, or time is up. */
public final class Eventually {

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** @param otherwise describes the state at the end, for the failure */
    public static void becomes(String what, Duration limit, BooleanSupplier condition, Supplier<?> otherwise) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError(
                        what + ": not within " + limit.toMillis() + " ms; instead: " + otherwise.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
