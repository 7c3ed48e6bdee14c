package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actium.simulation.Outcome;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Strategy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The seeds of the file {@code regression.seeds}. */
public class RegressionSeedsTest {

    private static final String USUAL = "-";

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    /** A line of the file. */
    private record Entry(NamedScenario scenario, Trial trial, int faults, String why) {

        static Entry of(String line) {
            String[] words = line.split("\\s+", 5);
            assertThat(words)
                    .as("'%s' wants scenario, seed, strategy, faults and why", line)
                    .hasSize(5);
            NamedScenario scenario =
                    Scenarios.named(words[0]).orElseThrow(() -> new AssertionError("no scenario in: " + line));
            return new Entry(
                    scenario,
                    Trial.of(Long.parseLong(words[1])).strategy(Strategy.of(words[2])),
                    words[3].equals(USUAL) ? scenario.faults() : Integer.parseInt(words[3]),
                    words[4]);
        }

        Outcome run() {
            return Simulation.run(trial, scenario.scenario(faults));
        }
    }

    @Test
    public void whatOnceFailedPasses() throws IOException {
        List<Entry> entries = entries();
        assertThat(entries).isNotEmpty();
        for (Entry entry : entries) {
            Outcome outcome = entry.run();

            assertThat(outcome.verdict())
                    .as("%s (%s): %s", entry.scenario().name(), entry.why(), outcome.report())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    private static List<Entry> entries() throws IOException {
        try (InputStream file = RegressionSeedsTest.class.getResourceAsStream("regression.seeds")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entry::of)
                    .toList();
        }
    }
}
