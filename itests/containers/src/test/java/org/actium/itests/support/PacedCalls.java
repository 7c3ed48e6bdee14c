package org.actium.itests.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.actium.itests.application.Ledger;

/**
 * A thousand calls per second of one ledger, each with the next number, every tenth with a result that is checked. A call
 * that is late is made up for: so many are made as are due, unless the machine or a call does not let them.
 */
public final class PacedCalls implements AutoCloseable {

    private static final long PERIOD_NANOS = 1_000_000;
    private static final int WITH_RESULT = 10;

    private final Ledger ledger;
    private final long begin = System.nanoTime();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread caller;
    private volatile boolean enough;

    public PacedCalls(Ledger ledger) {
        this.ledger = ledger;
        this.caller = Thread.ofPlatform().name("paced-calls").start(this::call);
    }

    private void call() {
        try {
            while (!enough) {
                int number = made.get();
                if (number % WITH_RESULT == 0) {
                    int entries = ledger.enterAndCount(number);
                    if (entries != number + 1) {
                        throw new AssertionError("entry " + number + " was answered with " + entries);
                    }
                } else {
                    ledger.enter(number);
                }
                made.incrementAndGet();
                LockSupport.parkNanos(begin + (number + 1) * PERIOD_NANOS - System.nanoTime());
            }
        } catch (Throwable failed) {
            failure.set(failed);
        }
    }

    /** So many calls there would be by now, at a thousand per second since the begin. */
    private int due() {
        return (int) ((System.nanoTime() - begin) / PERIOD_NANOS);
    }

    public int made() {
        return made.get();
    }

    /** Waits for so many more, and until all that are due have been made: a thousand for each second until then. */
    public void keepUp(int more) {
        int least = made() + more;
        Eventually.becomes(
                "a thousand calls are made in each second",
                Duration.ofSeconds(40),
                () -> failure.get() != null || made() >= Math.max(least, due()),
                () -> made() + " of " + Math.max(least, due()));
        requireNoFailure();
    }

    private void requireNoFailure() {
        if (failure.get() != null) {
            throw new AssertionError("a call failed after " + made() + " had not", failure.get());
        }
    }

    /** Makes no more calls. @throws AssertionError if one has failed */
    @Override
    public void close() {
        enough = true;
        try {
            caller.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was ended while a call was being made", ended);
        }
        requireNoFailure();
    }
}
