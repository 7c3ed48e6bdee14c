package org.actium.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.actium.simulation.engine.OtherJvm;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class TwoProcessesTest {

    private static final int SEEDS = 100;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Test
    public void theSameSeedsGiveTheSameHashesInAnotherProcess() throws IOException, InterruptedException {
        StringBuilder here = new StringBuilder();
        runAll(here);
        String there = OtherJvm.output(OtherJvm.ARGUMENTS, Main.class);

        assertThat(there.lines())
                .hasSize(SEEDS + 3)
                .isEqualTo(here.toString().lines().toList());
    }

    static final class Main {
        public static void main(String[] arguments) {
            StringBuilder lines = new StringBuilder();
            runAll(lines);
            System.out.print(lines);
        }
    }

    private static void runAll(StringBuilder lines) {
        FaultBudget anything = FaultBudget.of(5, Duration.ofSeconds(5)).sparing("server");
        Campaign.of(new Counting(false, anything))
                .minimising(0)
                .run(LongStream.range(0, SEEDS), line -> lines.append(line).append('\n'));
    }
}
