package org.actium.service.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets so many pass per second, and so many at once after a pause (the generic cell rate algorithm of ITU-T I.371). Any
 * thread, without a lock.
 */
final class Bucket {

    private final LongSupplier nanos;
    private final long interval;
    private final long tolerance;
    private final AtomicLong due; // when the next one would come if all kept the rate

    /** @param burst so many at that rate take no more than 1e9 s, which nanoseconds can count */
    Bucket(LongSupplier nanos, double perSecond, int burst) {
        this.nanos = nanos;
        this.interval = Math.max(1, Math.round(1e9 / perSecond));
        this.tolerance = interval * (burst - 1);
        this.due = new AtomicLong(nanos.getAsLong());
    }

    boolean take() {
        long now = nanos.getAsLong();
        while (true) {
            long expected = due.get();
            long from = expected - now > 0 ? expected : now;
            if (from - now > tolerance) {
                return false;
            }
            if (due.compareAndSet(expected, from + interval)) {
                return true;
            }
        }
    }
}
