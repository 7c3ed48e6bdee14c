package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Whole runtimes: the same seed is the same run, in this process and in another one. */
public class DeterminismTest {

    private static final int SEEDS_OF_SOME = 100;
    private static final int SEEDS_OF_OTHERS = 15;
    private static final Set<String> SOME = Set.of("calls", "lost-continuations", "reconnect", "host-death");

    @Rule
    public final Timeout deadline = Timeout.seconds(600);

    @Test
    public void theSameSeedsGiveTheSameHashesInAnotherProcess() throws IOException, InterruptedException {
        Process other = otherJvm();
        try {
            List<String> here = lines();
            String there = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(here.stream().filter(line -> line.contains("  hash ")))
                    .as("a line for each seed of each scenario")
                    .hasSize(Scenarios.all().stream()
                            .mapToInt(scenario -> seedsOf(scenario.name()))
                            .sum());
            assertThat(there.lines().toList()).isEqualTo(here);
            assertThat(other.waitFor()).isZero();
        } finally {
            other.destroyForcibly();
        }
    }

    /** One for each scenario and seed, hash included, in the order in which they ran. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (NamedScenario named : Scenarios.all()) {
            String name = named.name();
            Campaign.of(named.scenario())
                    .minimising(0)
                    .run(
                            LongStream.range(0, seedsOf(name)),
                            line -> lines.addAll(
                                    line.lines().map(part -> name + " " + part).toList()));
        }
        return lines;
    }

    private static int seedsOf(String scenario) {
        return SOME.contains(scenario) ? SEEDS_OF_SOME : SEEDS_OF_OTHERS;
    }

    private static Process otherJvm() throws IOException {
        return OtherJvm.running(Printing.class, List.of(), List.of())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static final class Printing {
        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            lines().forEach(out::println);
            out.flush();
            System.exit(0);
        }
    }
}
