package org.actium.benchmarks.runner;

import java.util.Locale;

/** Numbers for people. */
public final class Numbers {

    private Numbers() {}

    /** With as many digits as mean something. */
    public static String text(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', '\u202f');
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
