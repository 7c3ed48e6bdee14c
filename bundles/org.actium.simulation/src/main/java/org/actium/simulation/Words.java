package org.actium.simulation;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Words {

    private Words() {}

    static String of(Duration duration) {
        if (duration.isNegative()) {
            return "-" + of(duration.negated());
        }
        if (duration.getSeconds() >= 1) {
            return number(duration.getSeconds() + duration.getNano() / 1e9) + " s";
        }
        return number(duration.getNano() / 1e6) + " ms";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
