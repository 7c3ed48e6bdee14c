package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CreationException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Node;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Hosts add nodes and remove them again while the main program reads and sets their properties, creates active objects
 * on them and calls those.
 */
final class NodesScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final Duration LIMIT = ofSeconds(60);
    private static final Duration PEACE = ofMillis(500);

    private static final String KEPT = "kept";

    private final Stubs stubs = new StubFactory();

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> new Program(stage, random).run());
        simulation.expect("node used", 2).expect("object answered", 2).virtualTime(LIMIT); // on nodes that stay
    }

    private static final class Program {

        private final Stage stage;
        private final RandomGenerator random;
        private final List<Receipt> ashes = new ArrayList<>();

        Program(Stage stage, RandomGenerator random) {
            this.stage = stage;
            this.random = random;
        }

        void run() {
            for (int number = random.nextInt(4, 8); number > 0; number--) {
                EmbeddedRuntime owner =
                        stage.runtimes().get(random.nextInt(stage.runtimes().size()));
                String name = "n" + number;
                owner.runtime().createNode(name, Optional.of("workers"));
                use(stage.runtime().nodeOf(owner, name), name, owner);
                removeLater(owner, name);
            }
            ashes.forEach(this::await);
            stage.runtimes().forEach(this::useInPeace);
            stage.machine().sleep(PEACE);
            stage.runtimes().forEach(this::requireEmpty);
        }

        private void use(Node node, String name, EmbeddedRuntime owner) {
            node.setProperty("colour", name);
            String read = node.property("colour").orElse("nothing");
            if (!read.equals(name)) {
                stage.machine().fail("property 'colour' of " + node.url() + " is " + read + ", was set to " + name);
            }
            List<Spark> sparks = new ArrayList<>();
            for (int left = random.nextInt(1, 4); left > 0; left--) {
                sparks.add(stage.create(Spark.class, new Place(owner.runtime().name(), node), name + "/spark"));
            }
            if (random.nextBoolean()) {
                removeLater(owner, name);
            }
            for (Spark spark : sparks) {
                try {
                    spark.glow();
                    ashes.add(spark.ash());
                    stage.machine().sometimes("node used");
                } catch (BodyTerminatedException removed) {
                    stage.machine().sometimes("object gone with its node");
                }
            }
            createAgain(node, name);
        }

        /** On a node that stays until it was used: all others may have gone too early. */
        private void useInPeace(EmbeddedRuntime owner) {
            owner.runtime().createNode(KEPT, Optional.empty());
            Place place = new Place(owner.runtime().name(), stage.runtime().nodeOf(owner, KEPT));
            Spark spark = stage.create(Spark.class, place, KEPT + "/spark");
            spark.glow();
            stage.machine().sometimes("node used");
            await(spark.ash());
            owner.runtime().removeNode(KEPT);
        }

        /** On a node that may be gone by now. */
        private void createAgain(Node node, String name) {
            try {
                ashes.add(stage.create(Spark.class, new Place(name, node), name + "/late")
                        .ash());
            } catch (CreationException | BodyTerminatedException removed) {
                stage.machine().sometimes("node gone before an object came");
            }
        }

        private void removeLater(EmbeddedRuntime owner, String name) {
            stage.later(ofMillis(random.nextInt(3)), () -> owner.runtime().removeNode(name));
        }

        private void await(Receipt ash) {
            try {
                ash.text();
                stage.machine().sometimes("object answered");
            } catch (BodyTerminatedException removed) {
                stage.machine().sometimes("object gone with its node");
            } catch (ActiveObjectException unexpected) {
                stage.machine().fail("failed in a way that removing a node does not explain: " + unexpected);
            }
        }

        private void requireEmpty(EmbeddedRuntime runtime) {
            if (runtime.runtime().nodes().size() > 1
                    || !runtime.objects().objects().isEmpty()) {
                stage.machine()
                        .fail(runtime.runtime().name() + " still has nodes "
                                + runtime.runtime().nodes() + " and active objects "
                                + runtime.objects().objects());
            }
        }
    }
}
