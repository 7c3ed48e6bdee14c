package org.actium.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.actium.simulation.disk.DiskConditions;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.network.LinkQuality;
import org.actium.simulation.network.NetworkConditions;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/**
 * One run of several hosts, first described, then run, once:
 * <pre>{@code
 * Outcome outcome = Simulation.withSeed(42)
 *         .hosts(4, machine -> startRuntime(machine.ports(), machine.transport()))
 *         .kill("h2").lasting(ofSeconds(5)).after(ofSeconds(3))
 *         .expect("request served", 100)
 *         .run();
 * }</pre>
 *
 * <p>Threading: described by one thread. {@link #sometimes}, {@link #observe}, {@link #now} and the faults are also for
 * the programs of the hosts and for actions while it runs.
 */
public final class Simulation {

    private final Trial trial;
    private final RandomStreams streams;
    private final Sizes sizes;
    private final Map<String, Boot> hosts = new LinkedHashMap<>();
    private final List<PlannedFault> faults = new ArrayList<>();
    private final List<FaultBudget> draws = new ArrayList<>();
    private final List<PlannedAction> actions = new ArrayList<>();
    private final List<Oracle> oracles = new ArrayList<>();
    private final Map<String, Long> expectations = new TreeMap<>();
    private Limits limits = Limits.DEFAULT;
    private NetworkConditions network = NetworkConditions.LAN;
    private DiskConditions disks = DiskConditions.DEFAULT;
    private boolean exactClocks;
    private SimulationRun run;

    /** How many faults have got a number. */
    private int numbered;

    /** Something the scenario itself does at a time. */
    record PlannedAction(Duration at, String what, Runnable action) {}

    public Simulation(Trial trial) {
        this.trial = Objects.requireNonNull(trial, "trial");
        this.streams = new RandomStreams(trial.seed());
        this.sizes = new Sizes(trial.limits());
    }

    public static Simulation withSeed(long seed) {
        return new Simulation(Trial.of(seed));
    }

    /** Runs a scenario. */
    public static Outcome run(Trial trial, Scenario scenario) {
        return new Simulation(trial).run(scenario);
    }

    /** Hosts h1, h2 and so on that all run the same program. */
    public Simulation hosts(int count, Boot boot) {
        for (int i = 1; i <= count; i++) {
            host("h" + i, boot);
        }
        return this;
    }

    public Simulation host(String name, Boot boot) {
        requireNotRunning();
        if (hosts.putIfAbsent(name, Objects.requireNonNull(boot, "boot")) != null) {
            throw new IllegalArgumentException("there is a host '" + name + "' already");
        }
        return this;
    }

    public Planning kill(String host) {
        return new Planning(this, length -> new Fault.Kill(host, Fault.Death.NOTICED, length), Fault.FOREVER);
    }

    /** Kills the host and leaves nothing behind that could tell others so. */
    public Planning vanish(String host) {
        return new Planning(this, length -> new Fault.Kill(host, Fault.Death.SILENT, length), Fault.FOREVER);
    }

    public Planning pause(String host) {
        return new Planning(this, length -> new Fault.Pause(host, length), Fault.FOREVER);
    }

    /** Cuts both ways. */
    public Planning partition(String one, String other) {
        return new Planning(this, length -> new Fault.Partition(one, other, true, length), Fault.FOREVER);
    }

    /** Cuts one way. */
    public Planning cut(String from, String to) {
        return new Planning(this, length -> new Fault.Partition(from, to, false, length), Fault.FOREVER);
    }

    public Planning reset(String one, String other) {
        return new Planning(this, length -> new Fault.Reset(one, other), Fault.FOREVER);
    }

    public Planning halfOpen(String one, String other) {
        return new Planning(this, length -> new Fault.HalfOpen(one, other), Fault.FOREVER);
    }

    public Planning slow(String from, String to, LinkQuality quality) {
        return new Planning(this, length -> new Fault.SlowLink(from, to, quality, length), Fault.FOREVER);
    }

    /** Any faults, all at the same time; the time counts from now, which is the beginning unless it runs already. */
    public Simulation after(Duration time, Fault... atOnce) {
        return plan(time, false, atOnce);
    }

    /** Faults that the scenario has drawn itself: they may miss if another drawn one hits. */
    public Simulation afterDrawn(Duration time, Fault... atOnce) {
        return plan(time, true, atOnce);
    }

    private Simulation plan(Duration time, boolean drawn, Fault... atOnce) {
        for (Fault fault : atOnce) {
            if (run == null) {
                faults.add(new PlannedFault(faults.size(), time, fault, drawn));
            } else {
                PlannedFault late = new PlannedFault(numbered++, now().plus(time), fault, drawn);
                if (trial.includes(late)) {
                    run.plan(late);
                }
            }
        }
        return this;
    }

    /** Faults drawn at random from the seed. */
    public Simulation chaos(FaultBudget budget) {
        requireNotRunning();
        draws.add(budget);
        return this;
    }

    /** The scenario does something itself; it must not block. {@code what} is for the event log. */
    public Simulation at(Duration time, String what, Runnable action) {
        requireNotRunning();
        actions.add(new PlannedAction(time, what, action));
        return this;
    }

    /** A run in which that happened less often than {@code atLeast} times is void. */
    public Simulation expect(String what, long atLeast) {
        requireNotRunning();
        expectations.put(what, atLeast);
        return this;
    }

    /** Tells the oracle all that is observed; the first violation ends the run. */
    public Simulation watch(Oracle oracle) {
        requireNotRunning();
        oracles.add(oracle);
        return this;
    }

    public Simulation network(NetworkConditions conditions) {
        network = conditions;
        return this;
    }

    public Simulation disks(DiskConditions conditions) {
        disks = conditions;
        return this;
    }

    public Simulation limits(Limits newLimits) {
        limits = newLimits;
        return this;
    }

    /** When the run ends if it does not come to rest before. */
    public Simulation virtualTime(Duration most) {
        return limits(limits.virtualTime(most));
    }

    /** All hosts know the time; otherwise their clocks differ by up to half a second and drift by up to 100 ppm. */
    public Simulation exactClocks() {
        exactClocks = true;
        return this;
    }

    /** Random numbers for the scenario, from the seed and nothing else. */
    public RandomGenerator random(String purpose) {
        return streams.named("scenario " + purpose);
    }

    public long seed() {
        return trial.seed();
    }

    public Outcome run(Scenario scenario) {
        scenario.describe(this);
        return run();
    }

    public Outcome run() {
        requireNotRunning();
        List<PlannedFault> plan = new ArrayList<>(faults);
        for (FaultBudget budget : draws) {
            plan.addAll(new FaultDraw(budget, List.copyOf(hosts.keySet()), streams.named("faults " + plan.size()))
                    .plan(plan.size()));
        }
        numbered = plan.size();
        run = new SimulationRun(trial, streams, limits, network, oracles, sizes);
        hosts.forEach((name, boot) -> run.add(name, boot, disks, exactClocks));
        plan.stream().filter(trial::includes).forEach(run::plan);
        actions.forEach(run::plan);
        return run.run(expectations);
    }

    /** Counts that something happened which not every run needs to see; runs of a campaign add it up. */
    public void sometimes(String what) {
        running().sometimes(what);
    }

    /**
     * How many there are of something, such as hosts or callers. A failure is tried again with fewer of them, to be
     * understood more easily. May be asked while the simulation is described, too.
     *
     * @param wanted what the scenario has drawn from the seed
     * @param least fewer make no sense; hosts that planned faults name must be there
     */
    public int size(String what, int wanted, int least) {
        return sizes.of(what, wanted, least);
    }

    /** Tells the oracles. */
    public void observe(Observation observation) {
        running().observe(observation);
    }

    /** Virtual time since the beginning of the run. */
    public Duration now() {
        return running().now();
    }

    /** The stacks of the threads of living hosts that have not ended, host first; for oracles, when it is over. */
    public Map<String, List<StackTraceElement>> waiting() {
        return running().waiting();
    }

    /** How many timers of living hosts are still to fire. */
    public long timers() {
        return running().timers();
    }

    /** How many connections are open. */
    public int openConnections() {
        return running().openConnections();
    }

    private SimulationRun running() {
        if (run == null) {
            throw new IllegalStateException("the simulation has not begun to run");
        }
        return run;
    }

    private void requireNotRunning() {
        if (run != null) {
            throw new IllegalStateException("the simulation was run already; describe another one");
        }
    }
}
