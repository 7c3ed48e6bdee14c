package org.actium.simulation;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.actium.simulation.engine.Strategy;
import org.actium.simulation.network.MessageDelays;

/**
 * Everything that decides a run, apart from its scenario: the same trial gives the same run.
 *
 * @param preemption how likely a thread is to give way where it calls a port, from 0 to 1
 * @param keptEvents how many events to keep for reading, the newest; does not change the run
 * @param faults the numbers of the planned faults that happen; empty: all of them
 * @param delays the messages that are delayed at random
 * @param limits how large those sizes of the workload may be that the scenario offers with {@link Simulation#size}
 */
public record Trial(
        long seed,
        Strategy strategy,
        double preemption,
        int keptEvents,
        Optional<Set<Integer>> faults,
        MessageDelays delays,
        Map<String, Integer> limits) {

    private static final double SOMETIMES = 0.1;

    public Trial {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(delays, "delays");
        faults = faults.map(Set::copyOf);
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    /** Random scheduling, no events kept, all faults, all delays, everything as large as the scenario wants it. */
    public static Trial of(long seed) {
        return new Trial(seed, Strategy.random(), SOMETIMES, 0, Optional.empty(), MessageDelays.ALL, Map.of());
    }

    public Trial strategy(Strategy newStrategy) {
        return new Trial(seed, newStrategy, preemption, keptEvents, faults, delays, limits);
    }

    public Trial preemption(double newPreemption) {
        return new Trial(seed, strategy, newPreemption, keptEvents, faults, delays, limits);
    }

    public Trial keepingEvents(int count) {
        return new Trial(seed, strategy, preemption, count, faults, delays, limits);
    }

    public Trial keepingAllEvents() {
        return keepingEvents(Integer.MAX_VALUE);
    }

    public Trial onlyFaults(Set<Integer> numbers) {
        return new Trial(seed, strategy, preemption, keptEvents, Optional.of(numbers), delays, limits);
    }

    public Trial delays(MessageDelays newDelays) {
        return new Trial(seed, strategy, preemption, keptEvents, faults, newDelays, limits);
    }

    /** Of that size, at most so much. */
    public Trial atMost(String size, int most) {
        Map<String, Integer> changed = new TreeMap<>(limits);
        changed.put(size, most);
        return new Trial(seed, strategy, preemption, keptEvents, faults, delays, changed);
    }

    boolean includes(PlannedFault fault) {
        return faults.map(numbers -> numbers.contains(fault.number())).orElse(true);
    }
}
