package org.actium.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How much a random plan may break.
 *
 * @param faults how many faults altogether
 * @param most how many of each kind; kinds that are missing do not occur
 * @param within all of them begin before that time
 * @param longest none that ends lasts longer
 * @param spared hosts that are neither killed nor paused and keep their disks
 */
public record FaultBudget(
        int faults, Map<FaultKind, Integer> most, Duration within, Duration longest, List<String> spared) {

    public FaultBudget {
        Objects.requireNonNull(longest, "longest");
        most = Map.copyOf(most);
        spared = List.copyOf(spared);
        if (faults < 0 || !within.isPositive() || !longest.isPositive()) {
            throw new IllegalArgumentException(
                    "a plan of " + faults + " faults within " + within + ", none longer than " + longest);
        }
    }

    /** So many faults of any kind that ends by itself, and at most one host killed. */
    public static FaultBudget of(int faults, Duration within) {
        Map<FaultKind, Integer> most = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            switch (kind) {
                case KILL -> most.put(kind, 1);
                case RESTART, RESUME, HEAL -> {}
                default -> most.put(kind, faults);
            }
        }
        return new FaultBudget(faults, most, within, Duration.ofSeconds(10), List.of());
    }

    /** Only the kinds that were given with {@link #most(FaultKind, int)}. */
    public static FaultBudget none(int faults, Duration within) {
        return new FaultBudget(faults, Map.of(), within, Duration.ofSeconds(10), List.of());
    }

    public FaultBudget most(FaultKind kind, int count) {
        Map<FaultKind, Integer> changed = new EnumMap<>(FaultKind.class);
        changed.putAll(most);
        changed.put(kind, count);
        return new FaultBudget(faults, changed, within, longest, spared);
    }

    public FaultBudget longest(Duration newLongest) {
        return new FaultBudget(faults, most, within, newLongest, spared);
    }

    public FaultBudget sparing(String... hosts) {
        return new FaultBudget(faults, most, within, longest, List.of(hosts));
    }
}
