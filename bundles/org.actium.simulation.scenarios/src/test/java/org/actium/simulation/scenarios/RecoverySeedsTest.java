package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * Recovery with 300 seeds in every build, each with three faults or more that hit. One process for each scenario: two
 * simulations do not go together in one.
 */
public class RecoverySeedsTest {

    private static final List<String> SCENARIOS = List.of("recovery", "active-recovery");
    private static final int SEEDS = 150;
    private static final int LEAST = 3;
    private static final Duration LIMIT = Duration.ofMinutes(9);

    /** As the command has them: runs are short. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final Pattern FAULTS_THAT_HIT = Pattern.compile("  PASSED  .*  faults (\\d+)/\\d+  ");

    @Rule
    public final Timeout deadline = Timeout.seconds(600);

    @Rule
    public final TemporaryFolder out = new TemporaryFolder();

    @Test
    public void objectsAreRecoveredWithEachSeedFromThreeFaultsOrMore() throws Exception {
        long begun = System.nanoTime();
        List<Process> runs = new ArrayList<>();
        try {
            for (String scenario : SCENARIOS) {
                runs.add(simulate(scenario));
            }
            for (int i = 0; i < SCENARIOS.size(); i++) {
                boolean ended = runs.get(i).waitFor(begun + LIMIT.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(ended)
                        .as(
                                "%s ends within %s; so far: %s",
                                SCENARIOS.get(i), LIMIT, Files.readString(file(SCENARIOS.get(i))))
                        .isTrue();
            }
            List<Integer> hits = new ArrayList<>();
            for (int i = 0; i < SCENARIOS.size(); i++) {
                String said = Files.readString(file(SCENARIOS.get(i)));
                assertThat(runs.get(i).exitValue()).as(said).isZero();
                said.lines().filter(line -> line.startsWith("seed ")).forEach(line -> hits.add(faultsThatHit(line)));
            }
            assertThat(hits).as("a run for each seed").hasSize(SEEDS * SCENARIOS.size());
            System.out.printf(
                    Locale.ROOT,
                    "%d seeds, %d faults that hit, with each seed at least %d, in %.0f s%n",
                    hits.size(),
                    hits.stream().mapToInt(Integer::intValue).sum(),
                    hits.stream().mapToInt(Integer::intValue).min().orElseThrow(),
                    (System.nanoTime() - begun) / 1e9);
        } finally {
            runs.forEach(Process::destroyForcibly);
        }
    }

    private static int faultsThatHit(String line) {
        Matcher passed = FAULTS_THAT_HIT.matcher(line);
        assertThat(passed.find()).as(line).isTrue();
        int hits = Integer.parseInt(passed.group(1));
        assertThat(hits).as("faults that hit: %s", line).isGreaterThanOrEqualTo(LEAST);
        return hits;
    }

    private Process simulate(String scenario) throws IOException {
        return OtherJvm.running(Main.class, OPTIONS, List.of(scenario, "--seeds", String.valueOf(SEEDS)))
                .redirectErrorStream(true)
                .redirectOutput(file(scenario).toFile())
                .start();
    }

    private Path file(String scenario) {
        return out.getRoot().toPath().resolve(scenario + ".txt");
    }
}
