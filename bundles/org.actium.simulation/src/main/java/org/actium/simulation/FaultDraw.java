package org.actium.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.actium.simulation.network.Delay;
import org.actium.simulation.network.LinkQuality;

/** Draws a plan of faults. */
final class FaultDraw {

    /** Three of four killed hosts come back. */
    private static final int COME_BACK_OF_FOUR = 3;

    private final FaultBudget budget;
    private final List<String> hosts;
    private final List<String> victims;
    private final RandomGenerator random;

    FaultDraw(FaultBudget budget, List<String> hosts, RandomGenerator random) {
        this.budget = budget;
        this.hosts = hosts;
        this.victims =
                hosts.stream().filter(host -> !budget.spared().contains(host)).toList();
        this.random = random;
    }

    /** @param firstNumber of the first fault of the plan */
    List<PlannedFault> plan(int firstNumber) {
        Map<FaultKind, Integer> left = new EnumMap<>(FaultKind.class);
        budget.most().forEach((kind, most) -> {
            if (isPossible(kind)) {
                left.put(kind, most);
            }
        });
        List<PlannedFault> plan = new ArrayList<>();
        while (plan.size() < budget.faults()) {
            List<FaultKind> kinds = left.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            if (kinds.isEmpty()) {
                break;
            }
            FaultKind kind = oneOf(kinds);
            left.merge(kind, -1, Integer::sum);
            plan.add(new PlannedFault(
                    firstNumber + plan.size(), between(budget.from(), budget.within()), draw(kind), true));
        }
        return plan;
    }

    private boolean isPossible(FaultKind kind) {
        return switch (kind) {
            case RESTART, RESUME, HEAL -> false;
            case PARTITION, RESET, HALF_OPEN, SLOW_LINK -> hosts.size() > 1;
            case KILL, PAUSE, DISK_STALL, DISK_FAILURE, DISK_FULL, CLOCK_JUMP -> !victims.isEmpty();
        };
    }

    private Fault draw(FaultKind kind) {
        String from = oneOf(hosts);
        String to = hosts.size() > 1
                ? oneOf(hosts.stream().filter(host -> !host.equals(from)).toList())
                : from;
        return switch (kind) {
            case KILL ->
                new Fault.Kill(
                        oneOf(victims),
                        random.nextBoolean() ? Fault.Death.NOTICED : Fault.Death.SILENT,
                        random.nextInt(4) < COME_BACK_OF_FOUR ? length() : Fault.FOREVER);
            case PAUSE -> new Fault.Pause(oneOf(victims), length());
            case PARTITION -> new Fault.Partition(from, to, random.nextBoolean(), length());
            case RESET -> new Fault.Reset(from, to);
            case HALF_OPEN -> new Fault.HalfOpen(from, to);
            case SLOW_LINK -> new Fault.SlowLink(from, to, slow(), length());
            case DISK_STALL -> new Fault.DiskStall(oneOf(victims), length());
            case DISK_FAILURE -> new Fault.DiskFailure(oneOf(victims), length());
            case DISK_FULL -> new Fault.DiskFull(oneOf(victims), length());
            case CLOCK_JUMP -> new Fault.ClockJump(oneOf(victims), jump());
            case RESTART, RESUME, HEAL -> throw new IllegalArgumentException(kind + " is the end of another fault");
        };
    }

    private LinkQuality slow() {
        Duration median = Duration.ofMillis(random.nextInt(5, 2000));
        return LinkQuality.LAN
                .delay(new Delay.HeavyTail(median, median.multipliedBy(5)))
                .loss(0.05);
    }

    private Duration jump() {
        Duration by = upTo(budget.longest()).multipliedBy(10);
        return random.nextBoolean() ? by : by.negated();
    }

    private Duration length() {
        return between(budget.shortest(), budget.longest());
    }

    private Duration between(Duration least, Duration most) {
        return least.plus(upTo(most.minus(least)));
    }

    /** Milliseconds are exact enough, and read better. */
    private Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(Math.max(1, most.toMillis())) + 1);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
