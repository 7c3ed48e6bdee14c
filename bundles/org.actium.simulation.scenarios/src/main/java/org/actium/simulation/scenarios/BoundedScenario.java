package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.object.api.Termination;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Node;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.FifoOracle;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Customers on three hosts call desks whose queues hold one to three requests: they wait for room, are interrupted while
 * they do, and in some runs the desks end meanwhile. On each host there is a desk for the customers of that host alone.
 */
final class BoundedScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final int MOST_CAPACITY = 3;
    private static final int FEWEST_CALLS = 4;
    private static final int MOST_CALLS = 10;
    private static final int CUSTOMERS = 2 * HOSTS;
    private static final int MOST_INTERRUPTS = 10;
    private static final int SOON_MILLIS = 15;
    private static final String NODE = "narrow";

    private final Stubs stubs = new StubFactory();

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        Stage.set(simulation, stubs, HOSTS, stage -> {
            new Rush(stage, random).run();
            settling.await(stage.machine());
            stage.runtimes().forEach(owner -> owner.runtime().removeNode(NODE));
        });
        simulation
                .watch(settling)
                .watch(new ExactlyOnceOracle())
                .watch(new FifoOracle())
                .expect("request served", 22) // half of the fewest in 1000 runs
                .expect("queue full", 1)
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
    }

    private static final class Rush {

        private final Stage stage;
        private final RandomGenerator random;
        private final List<Desk.Address> desks = new ArrayList<>();
        private final List<Customer> customers = new ArrayList<>();

        Rush(Stage stage, RandomGenerator random) {
            this.stage = stage;
            this.random = random;
        }

        void run() {
            stage.runtimes().forEach(this::open);
            boolean closing = random.nextInt(3) == 0;
            List<Receipt> done = new ArrayList<>();
            List<Place> places = stage.places();
            for (int number = 0; number < CUSTOMERS; number++) {
                Place place = places.get(number % places.size());
                customers.add(stage.create(Customer.class, place, place.name() + "/c" + number));
            }
            for (Customer customer : customers) {
                done.add(customer.call(desks, random.nextInt(FEWEST_CALLS, MOST_CALLS), closing, random.nextLong()));
            }
            for (int left = random.nextInt(MOST_INTERRUPTS); left > 0; left--) {
                Customer customer = customers.get(random.nextInt(customers.size()));
                later(() -> stage.runtime().objects().interrupt(customer));
            }
            if (closing) {
                Desk.Address victim = desks.get(random.nextInt(desks.size()));
                Termination when = random.nextBoolean() ? Termination.NOW : Termination.AFTER_QUEUE;
                later(() -> stage.runtime().objects().terminate(victim.desk(), when));
            }
            done.forEach(Receipt::text);
        }

        /** One desk for all, and one for those of that host. */
        private void open(EmbeddedRuntime owner) {
            String host = owner.runtime().name();
            int capacity = random.nextInt(1, MOST_CAPACITY + 1);
            owner.runtime().createNode(NODE, Optional.empty());
            Node node = stage.runtime().nodeOf(owner, NODE);
            node.setProperty("actium.inbox.capacity", Integer.toString(capacity));
            desks.add(open(node, host + "/all", "", capacity));
            desks.add(open(node, host + "/own", host, capacity));
        }

        private Desk.Address open(Node node, String name, String host, int capacity) {
            Place place = new Place(name, node);
            Desk desk = stage.create(Desk.class, place, name, capacity, !host.isEmpty());
            return new Desk.Address(name, host, desk);
        }

        private void later(Runnable task) {
            stage.later(
                    ofMillis(random.nextInt(SOON_MILLIS)),
                    () -> stage.machine().ports().threads().run(task));
        }
    }
}
