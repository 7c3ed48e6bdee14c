package org.actium.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command {@code actium torture}. */
public final class Torture {

    private static final int GREEN = 0;
    private static final int RED = 1;
    private static final int USAGE = 2;

    private Torture() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, arguments));
    }

    /**
     * Returns when all that it started has gone.
     *
     * @return exit code of the command
     */
    public static int run(PrintStream out, String... arguments) throws IOException {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            out.print(Options.HELP);
            return GREEN;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            out.println("actium: torture: " + wrong.getMessage());
            out.print(Options.HELP);
            return USAGE;
        }
        return torture(out, options) ? GREEN : RED;
    }

    private static boolean torture(PrintStream out, Options options) throws IOException {
        long begun = System.nanoTime();
        int bad = 0;
        int runs = 0;
        do {
            long seed = options.seed() + runs;
            Path directory = options.out().resolve("seed-" + seed);
            out.println("run " + ++runs + ", record in " + directory);
            Run.Result result = Run.of(new Run.Settings(
                    new Grid.Parts(options.home(), options.jar(), options.place()),
                    directory,
                    seed,
                    options.cycles(),
                    options.pause(),
                    options.bytes(),
                    options.rate()));
            bad += result.verdict().isGood() ? 0 : 1;
            out.println(result);
        } while (System.nanoTime() - begun < options.time().toNanos());
        out.println(runs + (runs == 1 ? " run, " : " runs, ") + bad + " failed");
        return bad == 0;
    }
}
