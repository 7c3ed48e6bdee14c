package org.actium.deployment.core;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
final class Durations {

    private Durations() {}

    /** {@code 70 s}, {@code 1.2 s} or {@code 350 ms}. */
    static String text(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        return duration.toMillisPart() < 50
                ? duration.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
