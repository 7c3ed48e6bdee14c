package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.actium.simulation.Fault;
import org.actium.simulation.Simulation;

/**
 * What befalls hosts with objects that are recovered, and the one with their store.
 *
 * @param server the host with the store
 * @param firstWorker its number; the others follow
 * @param from when the first of them comes at the earliest
 * @param within when the last of them comes at the latest
 */
record WorkerFaults(String server, int firstWorker, int workers, Duration from, Duration within) {

    /** A worker that is dead for a while. */
    private record Down(int worker, Duration from, Duration length) {

        boolean covers(Duration time) {
            return time.compareTo(from) >= 0 && endsAfter(time);
        }

        boolean endsAfter(Duration time) {
            return length.equals(Fault.FOREVER) || time.compareTo(until()) <= 0;
        }

        Duration until() {
            return from.plus(length);
        }
    }

    /** Half of them kill workers that live, the first two perhaps at once. */
    void plan(Simulation simulation, int faults) {
        RandomGenerator random = simulation.random("faults");
        List<Down> down = new ArrayList<>();
        for (Duration at : times((faults + 1) / 2, random)) {
            Fault.Kill kill = killed(at, down, random);
            simulation.afterDrawn(down.getLast().from(), kill);
        }
        for (int i = (faults + 1) / 2; i < faults; i++) {
            Duration at = between(from, within, random);
            simulation.afterDrawn(at, other(at, down, random));
        }
    }

    private List<Duration> times(int kills, RandomGenerator random) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            times.add(i == 0 || random.nextInt(3) > 0 ? between(from, within, random) : times.getLast());
        }
        return times.stream().sorted().toList();
    }

    private String worker(int number) {
        return "h" + (firstWorker + number);
    }

    /** If all are dead, or will be, one that is back for good later; one of them always is. */
    private Fault.Kill killed(Duration wanted, List<Down> down, RandomGenerator random) {
        Duration at = wanted;
        while (unharmed(at, down).isEmpty()) {
            at = whenOneIsBack(at, down);
        }
        int worker = anyOf(unharmed(at, down), random);
        boolean forever = worker > 0 && random.nextInt(4) == 0;
        Fault.Kill kill = new Fault.Kill(
                worker(worker),
                random.nextBoolean() ? Fault.Death.NOTICED : Fault.Death.SILENT,
                forever ? Fault.FOREVER : length(random));
        down.add(new Down(worker, at, kill.length()));
        return kill;
    }

    private static Duration whenOneIsBack(Duration time, List<Down> down) {
        return down.stream()
                .filter(dead -> dead.endsAfter(time) && !dead.length().equals(Fault.FOREVER))
                .map(Down::until)
                .min(Duration::compareTo)
                .orElseThrow()
                .plusMillis(1);
    }

    private List<Integer> alive(Duration time, List<Down> down) {
        return workersWithout(dead -> dead.covers(time), down);
    }

    /** From then on: nor dies one of them later, which was put off. */
    private List<Integer> unharmed(Duration time, List<Down> down) {
        return workersWithout(dead -> dead.endsAfter(time), down);
    }

    private List<Integer> workersWithout(Predicate<Down> which, List<Down> down) {
        return IntStream.range(0, workers)
                .filter(worker -> down.stream().noneMatch(dead -> dead.worker() == worker && which.test(dead)))
                .boxed()
                .toList();
    }

    private static int anyOf(List<Integer> workers, RandomGenerator random) {
        return workers.get(random.nextInt(workers.size()));
    }

    private Fault other(Duration at, List<Down> down, RandomGenerator random) {
        List<Integer> alive = alive(at, down);
        int number = alive.isEmpty() ? random.nextInt(workers) : anyOf(alive, random);
        String worker = worker(number);
        return switch (random.nextInt(6)) {
            case 0 -> new Fault.Kill(server, Fault.Death.NOTICED, length(random));
            case 1 -> new Fault.DiskStall(server, length(random));
            case 2 -> new Fault.DiskFailure(server, length(random));
            case 3 -> new Fault.Partition(worker, server, true, length(random));
            case 4 -> new Fault.Partition(worker, worker(number == 0 ? 1 : 0), true, length(random));
            default -> new Fault.Pause(worker, length(random));
        };
    }

    private static Duration length(RandomGenerator random) {
        return between(ofMillis(200), ofSeconds(5), random);
    }

    private static Duration between(Duration least, Duration most, RandomGenerator random) {
        return least.plusMillis(random.nextLong(most.minus(least).toMillis()));
    }
}
