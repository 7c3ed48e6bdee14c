package org.actium.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actium.simulation.disk.DiskConditions;
import org.actium.simulation.engine.Ending;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.network.NetworkConditions;
import org.actium.simulation.network.SimulatedNetwork;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/** A simulation while it runs. */
final class SimulationRun {

    private final Trial trial;
    private final RandomStreams streams;
    private final List<Oracle> oracles;
    private final Sizes sizes;
    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final FaultInjector injector;
    private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
    private final Map<String, Long> sometimes = new TreeMap<>();
    private final List<PlannedFault> planned = new ArrayList<>();

    SimulationRun(
            Trial trial,
            RandomStreams streams,
            Limits limits,
            NetworkConditions conditions,
            List<Oracle> oracles,
            Sizes sizes) {
        this.trial = trial;
        this.streams = streams;
        this.oracles = List.copyOf(oracles);
        this.sizes = sizes;
        this.scheduler = new Scheduler(streams, trial.strategy(), limits, trial.keptEvents(), trial.preemption());
        this.network = new SimulatedNetwork(scheduler, streams, conditions, trial.delays());
        this.injector = new FaultInjector(scheduler, network, hosts);
    }

    void add(String name, Boot boot, DiskConditions disks, boolean exactClock) {
        SimulatedHost host = new SimulatedHost(this, scheduler, network, streams, name, boot, disks, exactClock);
        hosts.put(name, host);
        scheduler.at(0, host::boot);
    }

    void plan(PlannedFault fault) {
        requireKnownHosts(fault);
        planned.add(fault);
        injector.plan(fault);
    }

    void plan(Simulation.PlannedAction action) {
        scheduler.after(action.at(), () -> {
            scheduler.record("action", action.what(), 0);
            action.action().run();
        });
    }

    Outcome run(Map<String, Long> expectations) {
        Ending ending = scheduler.run();
        Optional<Failure> failure = ending instanceof Ending.Failed(Failure failed) ? Optional.of(failed) : finish();
        List<FaultRecord> faults = injector.records();
        return new Outcome(
                trial,
                scheduler.hash(),
                scheduler.steps(),
                now(),
                ending instanceof Ending.Quiet,
                faults,
                Collections.unmodifiableMap(sometimes),
                sizes.offered(),
                voids(faults, expectations),
                failure,
                List.copyOf(scheduler.alive()),
                network.openConnections(),
                scheduler.log().events());
    }

    private Optional<Failure> finish() {
        return oracles.stream()
                .flatMap(oracle ->
                        oracle
                                .finish()
                                .map(what -> violation(oracle, what, scheduler.record("end", oracle.name(), 0)))
                                .stream())
                .findFirst();
    }

    /** What every fault of the scenario has to do is hit; of those drawn at random, one is enough. */
    private List<Shortfall> voids(List<FaultRecord> records, Map<String, Long> expectations) {
        Set<Integer> hits = records.stream()
                .filter(FaultRecord::hasHit)
                .map(fault -> fault.planned().number())
                .collect(Collectors.toSet());
        List<Shortfall> voids = new ArrayList<>();
        planned.stream()
                .filter(fault -> !fault.drawn() && !hits.contains(fault.number()))
                .forEach(fault -> voids.add(new Shortfall.FaultMissed(fault)));
        List<PlannedFault> drawn = planned.stream().filter(PlannedFault::drawn).toList();
        if (!drawn.isEmpty() && drawn.stream().noneMatch(fault -> hits.contains(fault.number()))) {
            voids.add(new Shortfall.AllDrawnFaultsMissed(drawn.size()));
        }
        expectations.forEach((what, atLeast) -> {
            long count = sometimes.getOrDefault(what, 0L);
            if (count < atLeast) {
                voids.add(new Shortfall.TooLittleDone(what, count, atLeast));
            }
        });
        return List.copyOf(voids);
    }

    void sometimes(String what) {
        scheduler.record("sometimes", what, 0);
        sometimes.merge(what, 1L, Long::sum);
    }

    void observe(Observation observation) {
        long event = scheduler.record(observation.verb(), observation.text(), 0);
        for (Oracle oracle : oracles) {
            oracle.observe(observation).ifPresent(what -> scheduler.fail(violation(oracle, what, event)));
        }
    }

    void fail(String what) {
        scheduler.fail(new Failure.Violation("scenario", what, scheduler.record("fail", what, 0)));
    }

    void sleep(Duration time) {
        scheduler.sleep(time);
    }

    void note(String what, String subject) {
        scheduler.record(what, subject, 0);
    }

    void stop() {
        scheduler.stop();
    }

    Map<String, List<StackTraceElement>> waiting() {
        return scheduler.waiting();
    }

    long timers() {
        return scheduler.timers();
    }

    int openConnections() {
        return network.openConnections();
    }

    Duration now() {
        return Duration.ofNanos(scheduler.now());
    }

    private static Failure violation(Oracle oracle, String what, long event) {
        return new Failure.Violation(oracle.name(), what, event);
    }

    private void requireKnownHosts(PlannedFault fault) {
        fault.fault().hosts().stream()
                .filter(host -> !hosts.containsKey(host))
                .findFirst()
                .ifPresent(host -> {
                    throw new IllegalArgumentException(
                            "'" + fault.text() + "': there is no host '" + host + "'; there are " + hosts.keySet());
                });
    }
}
