package org.actium.application.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.actium.runtime.spi.Time;

/** Tells how long the user has been waiting: since the process began, of which this object saw only the last part. */
final class Stopwatch {

    private final Time time;
    private final long start;

    /** @param beginning when the process began, by the clock of the host */
    Stopwatch(Time time, Instant beginning) {
        this.time = time;
        Duration before = Duration.between(beginning, time.instant());
        this.start = time.nanos() - (before.isNegative() ? 0 : before.toNanos());
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanos() - start);
    }

    /** For example {@code 1.93 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
