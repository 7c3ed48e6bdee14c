package org.actium.future.core;

import java.time.Duration;
import org.actium.runtime.spi.Time;

/** The end of a limit that began when this was made. */
final class Deadline {

    private final Time time;
    private final Duration limit;
    private final long start;

    Deadline(Time time, Duration limit) {
        this.time = time;
        this.limit = limit;
        this.start = time.nanos();
    }

    /** Zero once it has passed. */
    Duration left() {
        Duration left = limit.minusNanos(time.nanos() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
