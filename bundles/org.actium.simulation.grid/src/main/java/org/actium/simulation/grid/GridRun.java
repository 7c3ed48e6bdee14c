package org.actium.simulation.grid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.actium.object.spi.Stubs;
import org.actium.runtime.api.Node;
import org.actium.simulation.Fault;
import org.actium.simulation.Machine;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.runners.model.Statement;

/** One run of a test: it is the program of the host {@code test}; the other hosts offer their nodes to it. */
final class GridRun {

    static final String TEST = "test";

    private final Statement test;
    private final String name;
    private final List<String> hosts;
    private final Kills kills;
    private final Simulation simulation;
    private final Stubs stubs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, EmbeddedRuntime> members = new LinkedHashMap<>(); // guarded by lock
    private final Map<String, Boolean> sometimes = new LinkedHashMap<>();
    private Machine machine;
    private EmbeddedRuntime runtime;
    private RandomGenerator random;
    private Duration began;
    private Optional<Duration> length = Optional.empty();

    /**
     * How many hosts are killed while the test runs.
     *
     * @param within how long the test takes if none is
     */
    record Kills(int hosts, Duration within) {

        static final Kills NONE = new Kills(0, Duration.ZERO);
    }

    GridRun(Statement test, String name, List<String> hosts, Kills kills, Simulation simulation, Stubs stubs) {
        this.test = test;
        this.name = name;
        this.hosts = hosts;
        this.kills = kills;
        this.simulation = simulation;
        this.stubs = stubs;
    }

    void describe() {
        SimulatedDomain domain = new SimulatedDomain(stubs);
        simulation.host(TEST, domain.root(this::begin));
        hosts.forEach(host -> simulation.host(host, domain.member(this::offer)));
        simulation.watch(new Hang());
    }

    private void offer(Machine host, EmbeddedRuntime offered) {
        offered.intercept(new CallNotes(host));
        lock.lock();
        try {
            members.put(host.host(), offered);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void begin(Machine testMachine, EmbeddedRuntime testRuntime) throws InterruptedException {
        machine = testMachine;
        runtime = testRuntime;
        runtime.intercept(new CallNotes(machine));
        lock.lock();
        try {
            while (members.size() < hosts.size()) {
                arrived.await();
            }
        } finally {
            lock.unlock();
        }
        machine.ports().threads().start(name, this::evaluate);
    }

    private void evaluate() {
        began = machine.now();
        random = simulation.random("test");
        planKills();
        try {
            test.evaluate();
        } catch (Throwable thrown) {
            throw GridRun.<RuntimeException>unchecked(thrown);
        }
        length = Optional.of(now());
        machine.stop();
    }

    /** What the test throws is what the run fails with, checked or not. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void planKills() {
        RandomGenerator random = simulation.random("kills");
        List<String> left = new ArrayList<>(hosts);
        for (int i = 0; i < kills.hosts(); i++) {
            String host = left.remove(random.nextInt(left.size()));
            Fault.Death death = random.nextBoolean() ? Fault.Death.NOTICED : Fault.Death.SILENT;
            long micros = random.nextLong(kills.within().toNanos() / 1000 + 1);
            simulation.afterDrawn(Duration.ofNanos(micros * 1000), new Fault.Kill(host, death, Fault.FOREVER));
        }
    }

    Simulation simulation() {
        return simulation;
    }

    Machine machine() {
        return machine;
    }

    EmbeddedRuntime runtime() {
        return runtime;
    }

    /** A host that was started again offers a new node. */
    Node node(String host) {
        lock.lock();
        try {
            EmbeddedRuntime member = members.get(host);
            if (member == null) {
                throw new IllegalArgumentException("there is no host '" + host + "'; there are " + hosts);
            }
            return runtime.nodeOf(member, "default");
        } finally {
            lock.unlock();
        }
    }

    void sometimes(String what, boolean happened) {
        sometimes.merge(what, happened, Boolean::logicalOr);
        if (happened) {
            simulation.sometimes(what);
        }
    }

    /** What the test asked about, and whether it was so in this run. */
    Map<String, Boolean> sometimes() {
        return sometimes;
    }

    RandomGenerator random() {
        return random;
    }

    /** Virtual time since the test began. */
    Duration now() {
        return machine.now().minus(began);
    }

    /** How long the test took; empty if it did not end. */
    Optional<Duration> length() {
        return length;
    }

    /** Nothing happens any more, or not in the time there is, and the test waits. */
    private final class Hang implements Oracle {

        @Override
        public Optional<String> observe(Observation observation) {
            return Optional.empty();
        }

        @Override
        public Optional<String> finish() {
            return length.isPresent()
                    ? Optional.empty()
                    : Optional.of("the test does not end; who waits, and where:\n"
                            + Waits.text(simulation.waiting()).indent(2).stripTrailing());
        }
    }
}
