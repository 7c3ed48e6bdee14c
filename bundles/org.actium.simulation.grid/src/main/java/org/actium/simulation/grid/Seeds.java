package org.actium.simulation.grid;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * The seeds of one test.
 *
 * @param replay whether somebody asked for one of them alone
 */
record Seeds(List<Long> all, boolean replay) {

    static final String ONE = "actium.seed";
    static final String COUNT = "actium.seeds";
    static final String FIRST = "actium.seeds.from";

    private static final String RANDOM = "random";

    /**
     * @param count how many, unless a property says otherwise
     * @param properties the value of a property, {@code null} if it is not set
     * @throws IllegalArgumentException naming the property and what it wants
     */
    static Seeds of(int count, UnaryOperator<String> properties) {
        if (properties.apply(ONE) != null) {
            return new Seeds(List.of(number(ONE, properties.apply(ONE))), true);
        }
        long many = properties.apply(COUNT) == null ? count : number(COUNT, properties.apply(COUNT));
        if (many < 1) {
            throw new IllegalArgumentException("-D" + COUNT + "=" + many + ": at least one seed is needed");
        }
        long first = first(properties.apply(FIRST));
        return new Seeds(LongStream.range(first, first + many).boxed().toList(), false);
    }

    private static long first(String from) {
        if (from == null) {
            return 0;
        }
        // nine digits are enough to be fresh, and can be typed
        return from.equals(RANDOM) ? new SecureRandom().nextInt(1_000_000_000) : number(FIRST, from);
    }

    private static long number(String property, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            String wanted = property.equals(FIRST) ? "a whole number or '" + RANDOM + "'" : "a whole number";
            throw new IllegalArgumentException("-D" + property + " wants " + wanted + ", not '" + text + "'");
        }
    }
}
