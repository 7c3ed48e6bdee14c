package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** A failure is tried again with fewer hosts, so each scenario must make sense with as few as it says. */
@RunWith(Parameterized.class)
public class FewHostsTest {

    private static final int SEEDS = 10;

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Parameter
    public String name;

    @Parameters(name = "{0}")
    public static List<String> names() {
        return Scenarios.all().stream().map(NamedScenario::name).toList();
    }

    @Test
    public void holdsAmongTheFewestHosts() {
        Scenario scenario = Scenarios.named(name).orElseThrow().scenario();
        int passed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = Simulation.run(Trial.of(seed).atMost("hosts", 0), scenario);

            assertThat(outcome.sizes().get("hosts")).as("hosts").isNotNull();
            assertThat(outcome.sizes().get("hosts").most()).isBetween(1, 2);
            assertThat(outcome.verdict()).as(outcome.report()).isNotEqualTo(Verdict.FAILED);
            passed += outcome.verdict() == Verdict.PASSED ? 1 : 0;
        }
        assertThat(passed).as("runs that were not void").isPositive();
    }
}
