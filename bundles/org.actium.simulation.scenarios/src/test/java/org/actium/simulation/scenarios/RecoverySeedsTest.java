package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            for (Process run : runs) {
                run.waitFor();
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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // as the command: runs are short
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(scenario, "--seeds", String.valueOf(SEEDS)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file(scenario).toFile())
                .start();
    }

    private Path file(String scenario) {
        return out.getRoot().toPath().resolve(scenario + ".txt");
    }
}
