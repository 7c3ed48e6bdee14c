package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.Termination;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Active objects and futures come and go on four hosts, and are ended in the middle of things; then every table of
 * every runtime is as long as before. At last the runtimes are closed, and nothing moves any more. Faults, if there are any,
 * are hosts that stand still for a while.
 */
final class ChurnScenario implements Scenario {

    private static final int HOSTS = 4;
    private static final int FEW = 40;

    /** One run of so many has ten times as many objects. */
    private static final int RARELY = 30;

    private static final Duration LIMIT = ofSeconds(60);
    private static final Duration PEACE = ofMillis(500);

    private final Stubs stubs = new StubFactory();

    private final int faults;

    ChurnScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> new Churn(stage, random).run());
        simulation.expect("spark glowed", 1).virtualTime(LIMIT);
        if (faults > 0) {
            simulation.chaos(FaultBudget.none(faults, ofMillis(50))
                    .most(FaultKind.PAUSE, faults)
                    .longest(ofSeconds(1)));
        }
    }

    private static final class Churn {

        private final Stage stage;
        private final RandomGenerator random;
        private final List<Spark> sparks = new ArrayList<>();
        private final List<Receipt> ashes = new ArrayList<>();

        Churn(Stage stage, RandomGenerator random) {
            this.stage = stage;
            this.random = random;
        }

        void run() {
            // everything that is made once and kept is made now
            stage.places().forEach(this::light);
            useAll();
            endAll();
            List<Tables> before = tables();
            for (int left = random.nextInt(3, FEW) * (random.nextInt(RARELY) == 0 ? 10 : 1); left > 0; left--) {
                light(anyOf(stage.places()));
                if (random.nextInt(4) == 0) {
                    useAll();
                }
                if (random.nextInt(3) == 0) {
                    end(sparks.remove(random.nextInt(sparks.size())));
                }
            }
            useAll();
            endAll();
            compare(before, tables());
            stage.closeAll();
        }

        private void light(Place place) {
            sparks.add(stage.create(Spark.class, place, place.name() + "/spark"));
        }

        /** Calls some; what becomes of the futures is left open. */
        private void useAll() {
            for (Spark spark : List.copyOf(sparks)) {
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> ashes.add(spark.ash());
                        case 1 -> spark.mix(ashes.isEmpty() ? spark.ash() : anyOf(ashes));
                        default -> spark.glow();
                    }
                } catch (ActiveObjectException ended) {
                    stage.machine().sometimes("call of one that has ended");
                } catch (IllegalStateException refused) {
                    stage.machine().fail("refused: " + refused);
                }
            }
        }

        private void end(Spark spark) {
            stage.runtime()
                    .objects()
                    .terminate(spark, random.nextBoolean() ? Termination.NOW : Termination.AFTER_QUEUE);
            if (random.nextBoolean()) {
                sparks.add(spark); // which goes on being called
            }
        }

        private void endAll() {
            sparks.forEach(spark -> stage.runtime().objects().terminate(spark, Termination.AFTER_QUEUE));
            sparks.clear();
            ashes.clear();
            stage.machine().sleep(PEACE);
            stage.runtimes().forEach(runtime -> {
                if (!runtime.objects().objects().isEmpty()) {
                    stage.machine()
                            .fail(runtime.runtime().name() + " still has active objects: "
                                    + runtime.objects().objects());
                }
            });
        }

        private List<Tables> tables() {
            return stage.runtimes().stream().map(Tables::of).toList();
        }

        private void compare(List<Tables> before, List<Tables> after) {
            for (int i = 0; i < after.size(); i++) {
                List<String> grown = after.get(i).grownSince(before.get(i));
                EmbeddedRuntime runtime = stage.runtimes().get(i);
                if (!grown.isEmpty()) {
                    stage.machine().fail("runtime " + runtime.runtime().name() + ": " + grown);
                }
            }
        }

        private <T> T anyOf(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
