package org.actium.simulation.scenarios;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** The command {@code actium simulate}. */
public final class Main {

    private static final int GREEN = 0;
    private static final int RED = 1;
    private static final int USAGE = 2;

    private static final String HELP = """
            usage: actium simulate [<scenario>|all] [--seed s | --seeds n | --seconds n [--first s]]
                                   [--faults k] [--strategy random|round-robin|pct[:depth[:steps]]]
                                   [--weave] [--log]

            Runs whole runtimes in the simulator, one line for each seed, and sums up. A seed that fails is run again
            and made smaller, first its faults, then its work, then its delayed messages, down to a log of what led
            to it.
              --seed s      this one, with its log
              --seeds n     the seeds from 0 on; 100 if nothing is said
              --seconds n   fresh seeds for so long, shared by all scenarios
              --first s     the first of the fresh seeds, those after it follow; drawn if nothing is said
              --faults k    so many random faults in each run; the README says of which kinds. One of them has to hit:
                            a host died, a pause or cut held something back, a slow link carried something, a
                            connection was there to be broken, a disk was used. If all are over and none has, the
                            last one happens again, between hosts that are connected, until it hits
              --strategy x  who runs next; random and pct:3 in turns if nothing is said. Without steps, pct takes
                            those of the first run
              --weave       threads may also give way between two accesses to what they share: finds races, and
                            takes about twice the time
              --log         prints each frame, too: of the run of a --seed, or else of the first that is not green
            Exit codes: 0 green; 1 a run failed or proved nothing; 2 wrong usage. Without arguments: the scenarios.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // threads that the last run left behind do not keep the process
        System.exit(run(out, new PrintStream(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Wrong usage is told there, too. */
    static int run(PrintStream out, String... arguments) {
        return run(out, out, arguments);
    }

    static int run(PrintStream out, PrintStream errors, String... arguments) {
        if (arguments.length == 0) {
            out.print(list());
            return GREEN;
        }
        if (arguments[0].equals("--help") || arguments[0].equals("-h")) {
            out.print(HELP);
            return GREEN;
        }
        try {
            Options options = Options.parse(arguments);
            if (options.weave() && !Weaving.isOn()) {
                return Weaving.run(out, arguments);
            }
            return run(out, options) ? GREEN : RED;
        } catch (Options.UsageException wrong) {
            errors.println("actium: simulate: " + wrong.getMessage());
            errors.print(HELP);
            return USAGE;
        }
    }

    private static boolean run(PrintStream out, Options options) {
        if (!options.leftOut().isEmpty()) {
            out.println("left out: " + String.join(", ", options.leftOut()));
        }
        if (options.log() && options.seed().isEmpty()) {
            out.println("--log: prints the first run that is not green; none, if all are. Say --seed for one that is.");
        }
        List<String> red = new ArrayList<>();
        for (NamedScenario scenario : options.scenarios()) {
            if (!new Exploration(scenario, options, out::println).run(seeds(options))) {
                red.add(scenario.name());
            }
        }
        if (options.scenarios().size() > 1) {
            out.println(sum(red, options.scenarios().size() - red.size()));
        }
        return red.isEmpty();
    }

    static String sum(List<String> red, int green) {
        return red.isEmpty() ? green + " green" : "red: " + String.join(", ", red) + "; " + green + " green";
    }

    private static LongStream seeds(Options options) {
        if (options.seed().isPresent()) {
            return LongStream.of(options.seed().getAsLong());
        }
        return options.seconds()
                .map(budget -> fresh(
                        first(options), budget.dividedBy(options.scenarios().size())))
                .orElseGet(() -> LongStream.range(0, options.seeds()));
    }

    /** Where nobody has been, if nothing is said. */
    private static long first(Options options) {
        return options.first().orElseGet(() -> new SplittableRandom().nextLong(1L << 40));
    }

    /** One seed after the other until the time is up; at least the first. */
    static LongStream fresh(long first, Duration budget) {
        long end = System.nanoTime() + budget.toNanos();
        LongUnaryOperator next = seed -> seed + 1;
        return LongStream.iterate(first, seed -> seed == first || System.nanoTime() < end, next);
    }

    private static String list() {
        StringBuilder text = new StringBuilder();
        for (NamedScenario scenario : Scenarios.all()) {
            text.append(
                    String.format("  %-18s %s; faults: %d%n", scenario.name(), scenario.proves(), scenario.faults()));
        }
        return text.append("\n'actium simulate --help' says what can be said.\n")
                .toString();
    }
}
