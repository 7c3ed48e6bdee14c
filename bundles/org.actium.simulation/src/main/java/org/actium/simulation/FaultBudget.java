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
 * @param from none of them begins before that time
 * @param within all of them begin before that time
 * @param shortest none that ends lasts shorter
 * @param longest none that ends lasts longer
 * @param spared hosts that are neither killed nor paused and keep their disks
 */
public record FaultBudget(
        int faults,
        Map<FaultKind, Integer> most,
        Duration from,
        Duration within,
        Duration shortest,
        Duration longest,
        List<String> spared) {

    public FaultBudget {
        Objects.requireNonNull(shortest, "shortest");
        most = Map.copyOf(most);
        spared = List.copyOf(spared);
        if (faults < 0 || from.isNegative() || within.compareTo(from) <= 0) {
            throw new IllegalArgumentException("a plan of " + faults + " faults between " + from + " and " + within);
        }
        if (shortest.isNegative() || !longest.isPositive() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("faults of a length between " + shortest + " and " + longest);
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
        return new FaultBudget(faults, most, Duration.ZERO, within, Duration.ZERO, Duration.ofSeconds(10), List.of());
    }

    /** Only the kinds that were given with {@link #most(FaultKind, int)}. */
    public static FaultBudget none(int faults, Duration within) {
        return new FaultBudget(
                faults, Map.of(), Duration.ZERO, within, Duration.ZERO, Duration.ofSeconds(10), List.of());
    }

    public FaultBudget most(FaultKind kind, int count) {
        Map<FaultKind, Integer> changed = new EnumMap<>(FaultKind.class);
        changed.putAll(most);
        changed.put(kind, count);
        return new FaultBudget(faults, changed, from, within, shortest, longest, spared);
    }

    public FaultBudget longest(Duration newLongest) {
        return new FaultBudget(faults, most, from, within, shortest, newLongest, spared);
    }

    public FaultBudget shortest(Duration newShortest) {
        return new FaultBudget(faults, most, from, within, newShortest, longest, spared);
    }

    public FaultBudget from(Duration newFrom) {
        return new FaultBudget(faults, most, newFrom, within, shortest, longest, spared);
    }

    public FaultBudget sparing(String... hosts) {
        return new FaultBudget(faults, most, from, within, shortest, longest, List.of(hosts));
    }
}
