package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.actium.simulation.Outcome;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Messages passed as copies show what encoded ones show; how much faster that is, is printed. */
public class CrowdTest {

    private static final int SEEDS = 3;

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    @Test
    public void isGreenWhetherMessagesAreEncodedOrPassedAsCopies() {
        CallsScenario copying = new CallsScenario(CallsScenario.Scale.CROWD);
        CallsScenario encoding = new CallsScenario(CallsScenario.Scale.CROWD.encoded());
        run("copies, not yet warm", copying);
        double copies = run("copies", copying);
        double encoded = run("encoded", encoding);
        System.out.printf("passing copies is %.1f times as fast%n", copies / encoded);
    }

    @Test
    public void isGreenAmongFewHostsWithFaults() {
        CallsScenario.Scale few = new CallsScenario.Scale(4, 8, 5, 3, true);
        for (long seed = 0; seed < 20; seed++) {
            Outcome outcome = Simulation.run(Trial.of(seed), new CallsScenario(few, CallsScenario.during(2)));
            assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        }
    }

    /** @return steps per second */
    private static double run(String how, CallsScenario scenario) {
        Simulation.run(Trial.of(SEEDS), scenario);
        long steps = 0;
        long begun = System.nanoTime();
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = Simulation.run(Trial.of(seed), scenario);
            assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
            steps += outcome.steps();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%s: %d steps in %.1f s, %.0f per second; %d runs%n", how, steps, seconds, steps / seconds, SEEDS);
        return steps / seconds;
    }
}
