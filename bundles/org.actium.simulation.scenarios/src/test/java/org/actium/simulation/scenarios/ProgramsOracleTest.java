package org.actium.simulation.scenarios;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.actium.simulation.Boot;
import org.actium.simulation.Outcome;
import org.actium.simulation.Simulation;
import org.actium.simulation.Verdict;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ProgramsOracleTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Test
    public void aProgramThatHangsIsRedAndItsPlaceIsTold() {
        Outcome outcome = run(Simulation.withSeed(1), machine -> new CountDownLatch(1).await());

        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.report())
                .contains("the programs of [h1] do not end")
                .contains("at org.actium.simulation.scenarios.ProgramsOracleTest");
    }

    @Test
    public void aProgramThatGoesOnWhenTimeIsUpIsRed() {
        Outcome outcome = run(Simulation.withSeed(1), machine -> machine.sleep(ofSeconds(100)));

        assertThat(outcome.report()).contains("the programs of [h1] do not end");
    }

    @Test
    public void whoDiedOrWasDoneIsNotHeldToIt() {
        Boot hangsInItsFirstLife = machine -> {
            if (machine.life() == 1) {
                new CountDownLatch(1).await();
            }
        };
        Simulation simulation = Simulation.withSeed(1);
        simulation.kill("h1").lasting(ofSeconds(1)).after(ofSeconds(1));

        assertThat(run(simulation, hangsInItsFirstLife).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    public void eachLifeIsHeldToIt() {
        Boot hangsInItsSecondLife = machine -> {
            if (machine.life() == 2) {
                new CountDownLatch(1).await();
            }
        };
        Simulation simulation = Simulation.withSeed(1);
        simulation.kill("h1").lasting(ofSeconds(1)).after(ofSeconds(1));

        assertThat(run(simulation, hangsInItsSecondLife).report()).contains("the programs of [h1.2] do not end");
    }

    private static Outcome run(Simulation simulation, Boot program) {
        ProgramsOracle programs = new ProgramsOracle(simulation);
        return simulation
                .host("h1", programs.watching(program))
                .watch(programs)
                .virtualTime(ofSeconds(60))
                .run();
    }
}
