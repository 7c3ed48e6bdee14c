package org.actium.examples.nbody;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actium.application.api.UnusableOptionException;

/** What the user chose, {@code --arg bodies=8 --arg iterations=500 --arg seed=42}. */
record Options(int bodies, int iterations, long seed) {

    private static final Set<String> KNOWN = Set.of("bodies", "iterations", "seed");

    /** @throws UnusableOptionException naming the option and what it wants */
    static Options of(Map<String, String> options) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new UnusableOptionException("unknown options " + unknown + "; there are " + new TreeSet<>(KNOWN));
        }
        return new Options(
                (int) number(options, "bodies", 8, 1, 10_000),
                (int) number(options, "iterations", 500, 0, Integer.MAX_VALUE),
                number(options, "seed", 42, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static long number(Map<String, String> options, String name, long preset, long least, long most) {
        String text = options.getOrDefault(name, Long.toString(preset));
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like a number out of bounds
        }
        throw new UnusableOptionException(
                "option " + name + " wants a whole number from " + least + " to " + most + ", not '" + text + "'");
    }

    /** Ten reports in all. */
    int reportEvery() {
        return Math.max(1, iterations / 10);
    }
}
