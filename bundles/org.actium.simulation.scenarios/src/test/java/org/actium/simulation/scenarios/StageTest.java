package org.actium.simulation.scenarios;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import org.actium.object.stubs.StubFactory;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Failure;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class StageTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    /** What a runtime offers to others. */
    public interface Word {
        String word();
    }

    @Test
    public void whatIsLeftInATableIsNoticedAfterAHostHasDied() {
        Outcome outcome = run(stage -> {
            stage.runtime().remoteObjects().export(Word.class, "word", () -> "left behind");
            stage.machine().sleep(ofSeconds(2));
        });

        assertThat(violation(outcome))
                .contains("something is left in tables although there is nothing to do any more:")
                .contains("h1 EmbeddedRuntime.remoteObjects.exports has 3 entries, 2 before");
    }

    @Test
    public void nothingIsLeftOfObjectsThatCallEachOtherAndOfAHostThatDied() {
        Outcome outcome = run(stage -> {
            for (Place place : stage.places()) {
                stage.create(Spark.class, place, place.name() + "/spark").glow();
            }
            stage.machine().sleep(ofSeconds(2));
        });

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
    }

    @Test
    public void aThreadThatGoesOnIsNoticed() {
        Outcome outcome = run(stage -> stage.machine().ports().threads().start("left", () -> {
            while (true) {
                stage.machine().sleep(ofSeconds(10));
            }
        }));

        assertThat(violation(outcome)).contains("threads are left of runtimes that are closed:");
    }

    @Test
    public void aTimerThatGoesOnIsNoticed() {
        Outcome outcome = run(StageTest::goOn);

        assertThat(violation(outcome)).contains("1 timers still go on after 300 s");
    }

    private static void goOn(Stage stage) {
        stage.later(ofSeconds(7), () -> goOn(stage));
    }

    /** The last of three hosts dies after a second. */
    private static Outcome run(Stage.Main main) {
        Scenario scenario = simulation -> {
            Stage.set(simulation, new StubFactory(), 3, main);
            simulation.kill("h3").after(ofSeconds(1)).virtualTime(ofSeconds(300));
        };
        return Simulation.run(Trial.of(0).keepingAllEvents(), scenario);
    }

    private static String violation(Outcome outcome) {
        assertThat(outcome.failure()).as(outcome.report()).get().isInstanceOf(Failure.Violation.class);
        return outcome.failure().orElseThrow().text();
    }
}
