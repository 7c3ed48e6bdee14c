package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.simulation.Turns;
import org.actium.simulation.engine.Strategy;

/**
 * What the command was asked for.
 *
 * @param scenarios to be run one after the other
 * @param leftOut those of all that are not run, each with why
 * @param seed the only seed
 * @param seeds how many, counted from 0, if no seed and no time is given
 * @param seconds how long to go on with fresh seeds, for all scenarios together
 * @param first of the fresh seeds; empty: a drawn one
 * @param faults how many in each run; empty: as many as is usual for the scenario
 * @param turns which strategy each seed gets
 * @param weave whether threads may give way between two accesses to what they share
 * @param log whether the events of a single seed are printed although nothing failed
 */
record Options(
        List<NamedScenario> scenarios,
        List<String> leftOut,
        OptionalLong seed,
        long seeds,
        Optional<Duration> seconds,
        OptionalLong first,
        OptionalInt faults,
        Supplier<Turns> turns,
        boolean weave,
        boolean log) {

    private static final long USUAL_SEEDS = 100;

    /** Without the length of the runs. */
    private static final Pattern PCT_TO_BE_MEASURED = Pattern.compile("pct(?::([1-9]\\d{0,2}))?");

    private static final int DEPTH = 3;

    /** Wrong usage; the message says what is wrong. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) throws UsageException {
        Queue<String> left = new ArrayDeque<>(List.of(arguments));
        List<NamedScenario> scenarios = scenarios(left.remove());
        OptionalLong seed = OptionalLong.empty();
        OptionalLong seeds = OptionalLong.empty();
        Optional<Duration> seconds = Optional.empty();
        OptionalLong first = OptionalLong.empty();
        OptionalInt faults = OptionalInt.empty();
        Supplier<Turns> turns = Turns::usual;
        boolean weave = false;
        boolean log = false;
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--seed" -> seed = OptionalLong.of(number(option, left, Long.MIN_VALUE));
                case "--seeds" -> seeds = OptionalLong.of(number(option, left, 1));
                case "--seconds" -> seconds = Optional.of(Duration.ofSeconds(number(option, left, 1)));
                case "--first" -> first = OptionalLong.of(number(option, left, 0));
                case "--faults" -> faults = OptionalInt.of(Math.toIntExact(number(option, left, 0)));
                case "--strategy" -> turns = turns(value(option, left));
                case "--weave" -> weave = true;
                case "--log" -> log = true;
                default -> throw new UsageException("there is no option " + option);
            }
        }
        if ((seed.isPresent() ? 1 : 0) + (seeds.isPresent() ? 1 : 0) + (seconds.isPresent() ? 1 : 0) > 1) {
            throw new UsageException("--seed, --seeds and --seconds exclude each other");
        }
        if (first.isPresent() && seconds.isEmpty()) {
            throw new UsageException("--first goes with --seconds; say --seed for a single run");
        }
        if (faults.orElse(0) > 0) {
            scenarios = requireFaults(scenarios);
        }
        List<String> leftOut = scenarios.size() > 1 ? leftOut(scenarios) : List.of();
        return new Options(
                scenarios, leftOut, seed, seeds.orElse(USUAL_SEEDS), seconds, first, faults, turns, weave, log);
    }

    /** Anew for each scenario: what PCT learns about the runs of one holds for no other. */
    private static Supplier<Turns> turns(String strategy) throws UsageException {
        Matcher pct = PCT_TO_BE_MEASURED.matcher(strategy);
        if (pct.matches()) {
            int depth = pct.group(1) == null ? DEPTH : Integer.parseInt(pct.group(1));
            return () -> Turns.pct(depth);
        }
        try {
            Strategy given = Strategy.of(strategy);
            return () -> Turns.of(given);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(wrong.getMessage());
        }
    }

    /** Of several, those that can have faults, each once. */
    private static List<NamedScenario> requireFaults(List<NamedScenario> scenarios) throws UsageException {
        List<NamedScenario> faulty =
                scenarios.stream().filter(NamedScenario::takesFaults).toList();
        if (faulty.isEmpty()) {
            throw new UsageException(
                    "--faults: the scenario '" + scenarios.getFirst().name() + "' has none; leave the option out");
        }
        return faulty.stream()
                .filter(scenario -> faulty.stream()
                        .takeWhile(earlier -> earlier != scenario)
                        .noneMatch(earlier -> earlier.withFaults() == scenario.withFaults()))
                .toList();
    }

    private static List<String> leftOut(List<NamedScenario> taken) {
        return Scenarios.all().stream()
                .filter(scenario -> !taken.contains(scenario))
                .map(scenario -> scenario.name() + (scenario.takesFaults() ? " (the same as another)" : " (no faults)"))
                .toList();
    }

    private static List<NamedScenario> scenarios(String name) throws UsageException {
        if (name.equals("all")) {
            return Scenarios.all();
        }
        return List.of(Scenarios.named(name)
                .orElseThrow(() -> new UsageException("there is no scenario '" + name + "'; there are all, "
                        + String.join(
                                ", ",
                                Scenarios.all().stream()
                                        .map(NamedScenario::name)
                                        .toList()))));
    }

    private static long number(String option, Queue<String> left, long least) throws UsageException {
        String text = value(option, left);
        try {
            long number = Long.parseLong(text);
            if (number >= least && (!option.equals("--faults") || number <= Integer.MAX_VALUE)) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw new UsageException("option " + option + " wants a number" + (least < 0 ? "" : " from " + least + " on")
                + ", not '" + text + "'");
    }

    private static String value(String option, Queue<String> left) throws UsageException {
        String value = left.poll();
        if (value == null) {
            throw new UsageException("option " + option + " has no value");
        }
        return value;
    }
}
