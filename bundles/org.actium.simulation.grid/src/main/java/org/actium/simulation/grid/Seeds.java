package org.actium.simulation.grid;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.actium.simulation.Turns;
import org.actium.simulation.engine.Strategy;

/**
 * The seeds of one test.
 *
 * @param replay whether somebody asked for one of them alone
 * @param strategy in what order threads run; empty: the seed decides
 */
record Seeds(List<Long> all, boolean replay, Optional<Strategy> strategy) {

    static final String ONE = "actium.seed";
    static final String COUNT = "actium.seeds";
    static final String FIRST = "actium.seeds.from";
    static final String STRATEGY = "actium.strategy";

    private static final String RANDOM = "random";

    /**
     * @param count how many, unless a property says otherwise
     * @param properties the value of a property, {@code null} if it is not set
     * @throws IllegalArgumentException naming the property and what it wants
     */
    static Seeds of(int count, UnaryOperator<String> properties) {
        Optional<Strategy> strategy =
                Optional.ofNullable(properties.apply(STRATEGY)).map(Seeds::strategyOf);
        if (properties.apply(ONE) != null) {
            return new Seeds(List.of(number(ONE, properties.apply(ONE))), true, strategy);
        }
        long many = properties.apply(COUNT) == null ? count : number(COUNT, properties.apply(COUNT));
        if (many < 1) {
            throw new IllegalArgumentException("-D" + COUNT + "=" + many + ": at least one seed is needed");
        }
        long first = first(properties.apply(FIRST));
        return new Seeds(LongStream.range(first, first + many).boxed().toList(), false, strategy);
    }

    Turns turns() {
        return strategy.map(Turns::of).orElseGet(Turns::usual);
    }

    private static Strategy strategyOf(String text) {
        try {
            return Strategy.of(text);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("-D" + STRATEGY + ": " + unknown.getMessage(), unknown);
        }
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
