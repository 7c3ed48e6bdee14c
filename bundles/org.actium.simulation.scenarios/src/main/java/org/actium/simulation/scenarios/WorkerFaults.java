package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.random.RandomGenerator;
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

    /** Half of them kill workers, the first two perhaps at once. */
    void plan(Simulation simulation, int faults) {
        RandomGenerator random = simulation.random("faults");
        int kills = (faults + 1) / 2;
        Duration at = between(from, within, random);
        for (int i = 0; i < kills; i++) {
            simulation.afterDrawn(at, killed(random.nextInt(workers), random));
            if (random.nextInt(3) > 0) {
                at = between(from, within, random);
            }
        }
        for (int i = kills; i < faults; i++) {
            simulation.afterDrawn(between(from, within, random), other(random));
        }
    }

    private String worker(int number) {
        return "h" + (firstWorker + number);
    }

    /** One of them always comes back. */
    private Fault killed(int worker, RandomGenerator random) {
        return new Fault.Kill(
                worker(worker),
                random.nextBoolean() ? Fault.Death.NOTICED : Fault.Death.SILENT,
                worker > 0 && random.nextInt(4) == 0 ? Fault.FOREVER : length(random));
    }

    private Fault other(RandomGenerator random) {
        int number = random.nextInt(workers);
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
