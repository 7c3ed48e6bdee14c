package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.actium.ft.core.Calls;
import org.actium.ft.core.Recoverable;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Endpoint;
import org.actium.simulation.Fault;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;
import org.actium.simulation.store.SimulatedStore;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Bookkeepers that log what they receive write down orders on a few hosts, which die and come back, also two at once,
 * stand still, or are cut off; so does the host with the store, whose disk stalls and fails. A copy of each fails by itself,
 * and on one host fault tolerance goes and comes back, as it does where the callers are; one of the callers dies. In the end
 * the books are as if nothing had happened.
 */
final class RecoveryScenario implements Scenario {

    private static final String SERVER = "h2";
    private static final int PORT = 4000;
    private static final int WORKERS = 3;
    private static final int FIRST_WORKER = 3;
    private static final int CLERKS = 3;
    private static final Duration BEGIN = ofMillis(1500);
    private static final Duration WITHIN = ofSeconds(8);
    private static final Duration PATIENCE = ofSeconds(1);
    private static final Duration REST = ofMillis(500);
    private static final Duration VISIT = ofSeconds(2);
    private static final Duration BETWEEN_QUESTIONS = ofMillis(100);
    private static final int LATE_ORDERS = 3;
    private static final int SERVED_BEFORE_FAILURE = 5;

    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(ofMillis(200), ofMillis(300), ofMillis(400));

    /** How many messages of the log may be left when there is nothing to do: the reports of two checkpoints. */
    private static final int LONGEST_LOG = 12;

    private final int faults;
    private final Stubs stubs = new StubFactory();

    RecoveryScenario(int faults) {
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
                simulation.size("bookkeepers", random.nextInt(3, 9), 1),
                simulation.size("orders of a clerk", random.nextInt(8, 20), 1),
                random.nextLong());
        simulation.host("h1", run.domain.root(run::orders));
        simulation.host(SERVER, run.domain.member(run::server));
        for (int i = 0; i < workers; i++) {
            int number = i;
            simulation.host(
                    "h" + (FIRST_WORKER + i),
                    run.domain.member((machine, runtime) -> run.work(machine, runtime, number)));
        }
        String visitor = "h" + (FIRST_WORKER + workers);
        simulation.host(visitor, run.domain.member(run::visit));
        simulation.watch(run).expect("order answered", 5).virtualTime(ofSeconds(400));
        if (faults > 0) {
            simulation.expect("bookkeeper recovered", 1);
            simulation.after(BEGIN.plus(VISIT), new Fault.Kill(visitor, Fault.Death.SILENT, Fault.FOREVER));
            new WorkerFaults(SERVER, FIRST_WORKER, workers, BEGIN, WITHIN).plan(simulation, faults);
        }
    }

    /** What is made anew for each run. */
    private static final class Run implements Oracle {

        private final Simulation simulation;
        private final SimulatedDomain domain;
        private final int workers;
        private final int bookkeepers;
        private final int orders;
        private final long seed;
        private final Audit audit = new Audit();
        private final Map<String, Integer> made = new TreeMap<>();
        private final Map<String, Integer> begun = new TreeMap<>();
        private Store store;
        private boolean ended;

        Run(Simulation simulation, SimulatedDomain domain, int workers, int bookkeepers, int orders, long seed) {
            this.simulation = simulation;
            this.domain = domain;
            this.workers = workers;
            this.bookkeepers = bookkeepers;
            this.orders = orders;
            this.seed = seed;
        }

        @Override
        public String name() {
            return "OrdersOracle";
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
                    return;
                } catch (StoreException broken) {
                    machine.sleep(REST);
                }
            }
        }

        private void work(Machine machine, EmbeddedRuntime runtime, int number) {
            Recoverable.Source source = (id, state) -> {
                int copy = made.merge(id, 1, Integer::sum);
                machine.sometimes(copy == 1 ? "bookkeeper made" : "bookkeeper recovered");
                return new Copy(id, copy, new Bookkeeper(state));
            };
            RecoverableObjects objects = objects(machine, runtime, Optional.of(source));
            if (machine.life() > 1) {
                return;
            }
            for (int i = 1 + number; i <= bookkeepers; i += workers) {
                create(machine, objects, Bookkeeper.name(i));
            }
            if (number == 0) {
                machine.sleep(WITHIN.dividedBy(2));
                objects.close();
                objects(machine, runtime, Optional.of(source));
            }
        }

        /** Says that it begins; the first one of each fails after a while. */
        private final class Copy implements Recoverable {
            private final String id;
            private final int number;
            private final Bookkeeper bookkeeper;
            private int served;

            Copy(String id, int number, Bookkeeper bookkeeper) {
                this.id = id;
                this.number = number;
                this.bookkeeper = bookkeeper;
            }

            @Override
            public void begin(Calls calls) {
                begun.merge(id, 1, Integer::sum);
            }

            @Override
            public Blob serve(Message.Request request, Calls calls) {
                Blob reply = bookkeeper.serve(request, calls);
                served++;
                if (number == 1 && served == SERVED_BEFORE_FAILURE) {
                    throw new IllegalStateException("the first copy of " + id + " fails");
                }
                return reply;
            }

            @Override
            public State state() {
                return bookkeeper.state();
            }
        }

        private static void create(Machine machine, RecoverableObjects objects, String name) {
            while (true) {
                try {
                    objects.create(name, Bookkeeper.empty());
                    return;
                } catch (RuntimeException notYet) {
                    machine.sleep(REST);
                }
            }
        }

        private static RecoverableObjects objects(
                Machine machine, EmbeddedRuntime runtime, Optional<Recoverable.Source> source) {
            return new RecoverableObjects(
                    new RecoverableObjects.Ports(
                            runtime.links().self(),
                            runtime.remoteObjects(),
                            () -> runtime.links().resolve(new Endpoint(SERVER, PORT)),
                            () -> "run",
                            machine.ports()),
                    source,
                    SETTINGS);
        }

        // ---- the outside

        /** Asks and asks, until its host is no more, when answers are owed to it. */
        private void visit(Machine machine, EmbeddedRuntime runtime) {
            Calls calls = objects(machine, runtime, Optional.empty()).caller("visitor");
            while (machine.now().compareTo(WITHIN) < 0) {
                for (int i = 1; i <= bookkeepers; i++) {
                    calls.ask(Bookkeeper.name(i), Order.blob(Order.report()));
                }
                machine.sleep(BETWEEN_QUESTIONS);
            }
        }

        private void orders(Machine machine, EmbeddedRuntime runtime) throws InterruptedException {
            RecoverableObjects objects = objects(machine, runtime, Optional.empty());
            shift(machine, objects, 1, orders);
            objects.close();
            RecoverableObjects anew = objects(machine, runtime, Optional.empty());
            Map<String, List<Bookkeeper.Page>> books = shift(machine, anew, orders + 1, orders + LATE_ORDERS);
            audit.compare(books).ifPresent(machine::fail);
            machine.sleep(REST);
            bounded(machine);
            begun.forEach((id, copies) -> {
                long incarnation = store.object(id).orElseThrow().incarnation();
                if (copies > incarnation) {
                    machine.fail(
                            id + " is incarnation " + incarnation + ", and there were " + copies + " copies of it");
                }
            });
            ended = true;
            machine.stop();
        }

        /** @return the books when all orders are in them */
        private Map<String, List<Bookkeeper.Page>> shift(
                Machine machine, RecoverableObjects objects, int first, int last) throws InterruptedException {
            CountDownLatch busy = new CountDownLatch(CLERKS);
            for (int clerk = 1; clerk <= CLERKS; clerk++) {
                String name = "clerk" + clerk;
                RandomGenerator random = new SplittableRandom(seed + clerk + 100L * first);
                machine.ports().threads().start(name, () -> {
                    clerk(machine, objects.caller(name), name, random, first, last);
                    busy.countDown();
                });
            }
            busy.await();
            Calls auditor = objects.caller("auditor");
            Map<String, List<Bookkeeper.Page>> books = books(auditor);
            while (pages(books) < audit.orders()) {
                machine.sleep(REST);
                books = books(auditor);
            }
            for (int i = 0; i < 3; i++) {
                machine.sleep(REST);
                books = books(auditor);
            }
            return books;
        }

        private void clerk(Machine machine, Calls calls, String name, RandomGenerator random, int first, int last) {
            List<Runnable> later = new ArrayList<>();
            for (int i = first; i <= last; i++) {
                int to = random.nextInt(1, bookkeepers + 1);
                String target = Bookkeeper.name(to);
                Order order = Order.drawn(name + "#" + i, to, bookkeepers, 3, random);
                audit.ordered(name, target, order);
                if (random.nextInt(4) == 0) {
                    calls.tell(target, Order.blob(order));
                } else {
                    MessageId asked = calls.ask(target, Order.blob(order));
                    Runnable hearing = () -> hear(machine, calls, asked, order);
                    if (random.nextBoolean()) {
                        hearing.run();
                    } else {
                        later.add(hearing);
                    }
                }
                machine.sleep(WITHIN.dividedBy(orders));
            }
            later.forEach(Runnable::run);
        }

        private void hear(Machine machine, Calls calls, MessageId asked, Order order) {
            int page = (Integer) Order.read(calls.await(asked));
            audit.told(order.name(), page).ifPresent(machine::fail);
            machine.sometimes("order answered");
        }

        @SuppressWarnings("unchecked") // what a report is
        private Map<String, List<Bookkeeper.Page>> books(Calls calls) {
            Map<String, List<Bookkeeper.Page>> books = new TreeMap<>();
            for (int i = 1; i <= bookkeepers; i++) {
                String name = Bookkeeper.name(i);
                books.put(name, (List<Bookkeeper.Page>)
                        Order.read(calls.await(calls.ask(name, Order.blob(Order.report())))));
            }
            return books;
        }

        private static int pages(Map<String, List<Bookkeeper.Page>> books) {
            return books.values().stream().mapToInt(List::size).sum();
        }

        /** What is not needed any more is not kept. */
        private void bounded(Machine machine) {
            for (int i = 1; i <= bookkeepers; i++) {
                String name = Bookkeeper.name(i);
                int log = store.log(Log.INPUT, name, 0).size();
                int checkpoints = store.checkpoints(name).size();
                if (checkpoints > 2 || log > LONGEST_LOG) {
                    machine.fail("of " + name + " the store keeps " + checkpoints + " checkpoints and " + log
                            + " messages, although it has had nothing to do for long");
                }
            }
        }
    }
}
