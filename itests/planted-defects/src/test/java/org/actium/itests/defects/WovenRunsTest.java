package org.actium.itests.defects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.junit.Test;

/** A seed that is red stays red: schedule points do not cost repeatability. */
public class WovenRunsTest {

    private static final int SEEDS = 4;

    @Test
    public void theSameSeedIsTheSameRunHoweverOftenClassesAreLoaded() {
        assertThat(lines()).hasSizeGreaterThanOrEqualTo(SEEDS).isEqualTo(lines());
    }

    @Test
    public void theSameSeedIsTheSameRunWhateverRanBefore() {
        assertThat(lines(LongStream.iterate(SEEDS - 1, seed -> seed - 1).limit(SEEDS)))
                .containsExactlyInAnyOrderElementsOf(lines());
    }

    @Test
    public void theSameSeedIsTheSameRunInAnotherProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                    .isEqualTo(lines());
        } finally {
            process.destroyForcibly();
        }
    }

    static final class Main {
        public static void main(String[] arguments) {
            lines().forEach(System.out::println);
        }
    }

    private static List<String> lines() {
        return lines(LongStream.range(0, SEEDS));
    }

    private static List<String> lines(LongStream seeds) {
        long[] inTurn = seeds.toArray();
        List<String> lines = new ArrayList<>();
        CodeUnderTest.scenarios(Map.of()).forEach((name, scenario) -> {
            for (long seed : inTurn) {
                lines.add(name + ": " + run(scenario, seed).line());
            }
        });
        return lines;
    }

    private static Outcome run(Scenario scenario, long seed) {
        return Simulation.run(Campaign.of(scenario).trial(seed), scenario);
    }
}
