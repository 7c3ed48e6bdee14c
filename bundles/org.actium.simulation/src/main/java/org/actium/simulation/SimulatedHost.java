package org.actium.simulation;

import java.time.Duration;
import org.actium.remote.spi.Transport;
import org.actium.runtime.spi.Ports;
import org.actium.simulation.disk.DiskConditions;
import org.actium.simulation.disk.SimulatedDisk;
import org.actium.simulation.engine.HostClock;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.SimulatedThreads;
import org.actium.simulation.engine.SimulatedTime;
import org.actium.simulation.network.SimulatedNetwork;
import org.actium.simulation.oracle.Observation;

/** A host with its lives, one after the other; clock and disk outlive them. */
final class SimulatedHost {

    private static final Duration WORST_OFFSET = Duration.ofMillis(500);
    private static final long WORST_DRIFT = 100;

    private final SimulationRun run;
    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final RandomStreams streams;
    private final String name;
    private final Boot boot;
    private final HostClock clock;
    private final SimulatedDisk disk;
    private Lane lane;
    private Machine machine;
    private int lives;

    SimulatedHost(
            SimulationRun run,
            Scheduler scheduler,
            SimulatedNetwork network,
            RandomStreams streams,
            String name,
            Boot boot,
            DiskConditions disks,
            boolean exactClock) {
        this.run = run;
        this.scheduler = scheduler;
        this.network = network;
        this.streams = streams;
        this.name = name;
        this.boot = boot;
        this.clock = exactClock ? new HostClock(scheduler, 0, Duration.ZERO, 0) : wrongClock();
        this.disk = new SimulatedDisk(scheduler, streams.named("disk " + name), name, disks);
    }

    private HostClock wrongClock() {
        var random = streams.named("clock " + name);
        return new HostClock(
                scheduler,
                random.nextLong(-1L << 50, 1L << 50),
                Duration.ofNanos(random.nextLong(-WORST_OFFSET.toNanos(), WORST_OFFSET.toNanos() + 1)),
                random.nextLong(-WORST_DRIFT, WORST_DRIFT + 1));
    }

    /** Begins a life. */
    void boot() {
        lives++;
        lane = scheduler.lane(name);
        Transport transport = network.boot(name, lane);
        Ports ports = new Ports(
                new SimulatedTime(scheduler, lane, clock),
                new SimulatedThreads(scheduler, lane),
                streams.named("random " + name + " " + lives));
        machine = new Machine(run, name, lives, ports, transport, disk);
        lane.surround(machine::around);
        Machine booting = machine;
        scheduler.start(lane, "boot", () -> boot(booting));
    }

    private void boot(Machine booting) {
        try {
            boot.boot(booting);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("host " + name + " did not boot: " + failed, failed);
        }
    }

    void kill(boolean silently) {
        scheduler.kill(lane);
        network.crash(name, silently);
        disk.crash();
        run.observe(new Observation.Died(machine.place()));
    }

    boolean isAlive() {
        return !lane.isDead();
    }

    String name() {
        return name;
    }

    Lane lane() {
        return lane;
    }

    HostClock clock() {
        return clock;
    }

    SimulatedDisk disk() {
        return disk;
    }
}
