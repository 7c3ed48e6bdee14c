package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyTerminatedException;
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

    private final Stubs stubs = new StubFactory();

    private final int faults;

    ChurnScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> new Churn(stage, random, faults > 0).run());
        simulation.expect("spark used", 4).virtualTime(LIMIT); // half of the fewest in 1000 runs
        if (faults > 0) {
            simulation.chaos(FaultBudget.none(faults, ofMillis(50))
                    .most(FaultKind.PAUSE, faults)
                    .longest(ofSeconds(1)));
        }
    }

    private static final class Churn {

        private final Stage stage;
        private final RandomGenerator random;
        private final boolean faulty;
        private final List<Lit> sparks = new ArrayList<>();
        private final List<Ash> ashes = new ArrayList<>();

        Churn(Stage stage, RandomGenerator random, boolean faulty) {
            this.stage = stage;
            this.random = random;
            this.faulty = faulty;
        }

        /** A spark and what was ordered. */
        private static final class Lit {
            private final Spark spark;
            private boolean ended;
            private boolean endedAtOnce;

            Lit(Spark spark) {
                this.spark = spark;
            }
        }

        /** @param late whether the end of the spark was ordered before this was asked for */
        private record Ash(Lit of, Receipt receipt, boolean late) {
            boolean mayFail() {
                return late || of.endedAtOnce;
            }
        }

        void run() {
            // everything that is made once and kept is made now
            stage.places().forEach(this::light);
            useAll();
            endAll();
            List<Tables> before = tables();
            for (int left = random.nextInt(10, FEW) * (random.nextInt(RARELY) == 0 ? 10 : 1); left > 0; left--) {
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
            sparks.add(new Lit(stage.create(Spark.class, place, place.name() + "/spark")));
        }

        private void useAll() {
            for (Lit lit : List.copyOf(sparks)) {
                boolean late = lit.ended;
                try {
                    use(lit, late);
                } catch (ActiveObjectException told) {
                    failed("a call of a spark", late, told);
                } catch (IllegalStateException refused) {
                    stage.machine().fail("refused: " + refused);
                }
            }
        }

        private void use(Lit lit, boolean late) {
            switch (random.nextInt(4)) {
                case 0 -> ash(lit, late);
                case 1 -> lit.spark.mix((ashes.isEmpty() ? ash(lit, late) : anyOf(ashes)).receipt());
                default -> lit.spark.glow();
            }
        }

        private Ash ash(Lit lit, boolean late) {
            Ash ash = new Ash(lit, lit.spark.ash(), late);
            ashes.add(ash);
            return ash;
        }

        /** Only what was ended, or lost with its link, may fail. */
        private void failed(String what, boolean ended, ActiveObjectException told) {
            boolean explained = told instanceof BodyTerminatedException ? ended : faulty;
            if (!explained) {
                stage.machine().fail(what + " failed although nothing else did: " + told);
            }
            stage.machine().sometimes("call of one that has ended");
        }

        private void end(Lit lit) {
            boolean atOnce = random.nextBoolean();
            lit.ended = true;
            lit.endedAtOnce |= atOnce;
            stage.runtime().objects().terminate(lit.spark, atOnce ? Termination.NOW : Termination.AFTER_QUEUE);
            if (random.nextBoolean()) {
                sparks.add(lit); // which goes on being called
            }
        }

        private void endAll() {
            for (Lit lit : sparks) {
                lit.ended = true;
                stage.runtime().objects().terminate(lit.spark, Termination.AFTER_QUEUE);
            }
            sparks.clear();
            ashes.forEach(this::hear);
            ashes.clear();
            stage.awaitIdle(); // hosts that stand still have yet to end theirs
            stage.runtimes().forEach(runtime -> {
                if (!runtime.objects().objects().isEmpty()) {
                    stage.machine()
                            .fail(runtime.runtime().name() + " still has active objects: "
                                    + runtime.objects().objects());
                }
            });
        }

        private void hear(Ash ash) {
            try {
                ash.receipt().text();
                stage.machine().sometimes("ash heard");
            } catch (ActiveObjectException told) {
                failed("the ash of a spark", ash.mayFail(), told);
            }
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
