package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.RecoverableBodies;
import org.actium.object.spi.RecoverableBody;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;
import org.actium.simulation.store.SimulatedStore;
import org.actium.testkit.EmbeddedRuntime;

/**
 * What {@link RecoveryScenario} asks of its bookkeepers, asked of active objects: scribes on a few hosts that die, stand
 * still or are cut off, called through stubs by threads on another host, by each other, and calling an object that is not
 * recovered. In the end the books are as if nothing had happened, and so is what that one has heard.
 */
final class ActiveRecoveryScenario implements Scenario {

    private static final String SERVER = "h2";
    private static final int PORT = 4000;
    private static final int WORKERS = 3;
    private static final int FIRST_WORKER = 3;
    private static final int CLERKS = 3;
    private static final Duration BEGIN = ofSeconds(4);
    private static final Duration WITHIN = ofSeconds(10);
    private static final Duration PATIENCE = ofSeconds(1);
    private static final Duration REST = ofMillis(500);

    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(ofMillis(200), ofMillis(300), ofMillis(400));

    /** How many messages of the log may be left when there is nothing to do: the reports of two checkpoints. */
    private static final int LONGEST_LOG = 12;

    private final int faults;
    private final Stubs stubs = new StubFactory();

    ActiveRecoveryScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        int workers = simulation.size("hosts", WORKERS, 2);
        Run run = new Run(
                simulation,
                new SimulatedDomain(stubs),
                workers,
                simulation.size("scribes", random.nextInt(3, 9), 1),
                simulation.size("orders of a clerk", random.nextInt(8, 20), 1),
                random.nextLong());
        simulation.host("h1", run.domain.root(run::orders));
        simulation.host(SERVER, run.domain.member(run::server));
        for (int i = 0; i < workers; i++) {
            simulation.host("h" + (FIRST_WORKER + i), run.domain.member(run::work));
        }
        simulation.watch(run).expect("order answered", 5).virtualTime(ofSeconds(400));
        if (faults > 0) {
            simulation.expect("scribe recovered", 1);
            new WorkerFaults(SERVER, FIRST_WORKER, workers, BEGIN, WITHIN).plan(simulation, faults);
        }
    }

    /** What is made anew for each run. */
    private static final class Run implements Oracle {

        private final Simulation simulation;
        private final SimulatedDomain domain;
        private final int workers;
        private final int scribes;
        private final int orders;
        private final long seed;
        private final Audit audit = new Audit();
        private final Set<BodyId> made =
                new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        private final CountDownLatch ready;
        private Store store;
        private boolean ended;

        Run(Simulation simulation, SimulatedDomain domain, int workers, int scribes, int orders, long seed) {
            this.simulation = simulation;
            this.domain = domain;
            this.workers = workers;
            this.scribes = scribes;
            this.orders = orders;
            this.seed = seed;
            this.ready = new CountDownLatch(workers + 1);
        }

        @Override
        public String name() {
            return "ScribesOracle";
        }

        @Override
        public Optional<String> observe(Observation observation) {
            return Optional.empty();
        }

        @Override
        public Optional<String> finish() {
            return ended
                    ? Optional.empty()
                    : Optional.of("not all orders were carried out in the time there was; who waits, and where:"
                            + EndOracle.waitsInScenarios(simulation));
        }

        private void server(Machine machine, EmbeddedRuntime runtime) {
            while (true) {
                try {
                    store = SimulatedStore.open(machine.disk(), machine.ports().threads());
                    new StoreServer(store, machine.ports().time(), runtime.remoteObjects(), PATIENCE)
                            .heed(runtime.links());
                    ready.countDown();
                    return;
                } catch (StoreException broken) {
                    machine.sleep(REST);
                }
            }
        }

        private void work(Machine machine, EmbeddedRuntime runtime) {
            Node node = runtime.runtime().defaultNode();
            recovering(
                    machine,
                    runtime,
                    new RecoverableActiveObjects.Hosting(any -> true, Optional.of(node), runtime.links()::self));
            ready.countDown();
        }

        private void recovering(Machine machine, EmbeddedRuntime runtime, RecoverableActiveObjects.Hosting hosting) {
            RecoverableObjects.Ports ports = new RecoverableObjects.Ports(
                    runtime.links().self(),
                    runtime.remoteObjects(),
                    () -> runtime.links().resolve(new Endpoint(SERVER, PORT)),
                    () -> "run",
                    machine.ports());
            new RecoverableActiveObjects(new Counted(runtime.recoverableBodies(), machine), ports, hosting, SETTINGS);
        }

        /** Says what is made, and what made again. */
        private final class Counted implements RecoverableBodies {
            private final RecoverableBodies bodies;
            private final Machine machine;

            Counted(RecoverableBodies bodies, Machine machine) {
                this.bodies = bodies;
                this.machine = machine;
            }

            @Override
            public Registration deliverBy(Delivery delivery) {
                return bodies.deliverBy(delivery);
            }

            @Override
            public RecoverableBody revive(BodyId object, byte[] state, Node node, RuntimeAddress classes) {
                machine.sometimes(made.add(object) ? "scribe made" : "scribe recovered");
                return bodies.revive(object, state, node, classes);
            }

            @Override
            public void serve(BodyId object, Delivered request, Consumer<byte[]> outcome) {
                bodies.serve(object, request, outcome);
            }
        }

        // ---- the outside

        private void orders(Machine machine, EmbeddedRuntime runtime) throws InterruptedException {
            recovering(machine, runtime, RecoverableActiveObjects.Hosting.none());
            ready.await();
            Herald herald = runtime.objects().newActive(Herald.class).start();
            Map<String, Scribe> staff = new TreeMap<>();
            for (int i = 1; i <= scribes; i++) {
                Endpoint host = new Endpoint("h" + (FIRST_WORKER + i % workers), PORT);
                Node node = runtime.nodeAt(runtime.links().resolve(host), "default");
                String name = Bookkeeper.name(i);
                staff.put(
                        name,
                        runtime.objects()
                                .newActive(Scribe.class, name)
                                .on(node)
                                .named(name)
                                .start());
            }
            staff.values().forEach(scribe -> scribe.meet(staff, herald));
            machine.sleep(BEGIN.minus(machine.now()));
            CountDownLatch busy = new CountDownLatch(CLERKS);
            for (int clerk = 1; clerk <= CLERKS; clerk++) {
                String name = "clerk" + clerk;
                RandomGenerator random = new SplittableRandom(seed + clerk);
                machine.ports().threads().start(name, () -> {
                    clerk(machine, staff, name, random);
                    busy.countDown();
                });
            }
            busy.await();
            Map<String, List<Bookkeeper.Page>> books = books(staff);
            while (pages(books) < audit.orders()) {
                machine.sleep(REST);
                books = books(staff);
            }
            for (int i = 0; i < 3; i++) {
                machine.sleep(REST);
                books = books(staff);
            }
            audit.compare(books).ifPresent(machine::fail);
            compare(books, herald, machine);
            machine.sleep(REST);
            bounded(machine);
            ended = true;
            machine.stop();
        }

        private void clerk(Machine machine, Map<String, Scribe> staff, String name, RandomGenerator random) {
            List<Runnable> later = new ArrayList<>();
            for (int i = 1; i <= orders; i++) {
                int to = random.nextInt(1, scribes + 1);
                Scribe scribe = staff.get(Bookkeeper.name(to));
                Order order = Order.drawn(name + "#" + i, to, scribes, 3, random);
                audit.ordered(name, Bookkeeper.name(to), order);
                switch (random.nextInt(4)) {
                    case 0 -> scribe.note(order);
                    case 1 -> told(machine, order, scribe.page(order));
                    default -> {
                        Line line = scribe.line(order);
                        later.add(() -> told(machine, order, line.number()));
                    }
                }
                machine.sleep(WITHIN.minus(BEGIN).dividedBy(orders));
            }
            later.forEach(Runnable::run);
        }

        private void told(Machine machine, Order order, int page) {
            audit.told(order.name(), page).ifPresent(machine::fail);
            machine.sometimes("order answered");
        }

        private static Map<String, List<Bookkeeper.Page>> books(Map<String, Scribe> staff) {
            Map<String, List<Bookkeeper.Page>> books = new TreeMap<>();
            staff.forEach((name, scribe) -> books.put(name, new ArrayList<>(scribe.pages())));
            return books;
        }

        private static int pages(Map<String, List<Bookkeeper.Page>> books) {
            return books.values().stream().mapToInt(List::size).sum();
        }

        /** Whoever is not recovered has heard of each page once, and in order. */
        private static void compare(Map<String, List<Bookkeeper.Page>> books, Herald herald, Machine machine) {
            Map<String, List<String>> heard = new TreeMap<>(herald.heard());
            while (heard.values().stream().mapToInt(List::size).sum() < pages(books)) {
                machine.sleep(REST);
                heard = new TreeMap<>(herald.heard());
            }
            Map<String, List<String>> last = heard;
            books.forEach((name, pages) -> {
                List<String> written =
                        pages.stream().map(page -> page.order().name()).toList();
                List<String> told = last.getOrDefault(name, List.of());
                if (!told.equals(written)) {
                    machine.fail("the herald has heard from " + name + ": " + told + ", written down: " + written);
                }
            });
        }

        /** What is not needed any more is not kept. */
        private void bounded(Machine machine) {
            for (ObjectRecord object : store.objects()) {
                int log = store.log(Log.INPUT, object.id(), 0).size();
                int checkpoints = store.checkpoints(object.id()).size();
                if (checkpoints > 2 || log > LONGEST_LOG) {
                    machine.fail("of " + object.id() + " the store keeps " + checkpoints + " checkpoints and " + log
                            + " messages, although it has had nothing to do for long");
                }
            }
        }
    }
}
