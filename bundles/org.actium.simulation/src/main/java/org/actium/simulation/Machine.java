package org.actium.simulation;

import java.time.Duration;
import org.actium.remote.spi.Transport;
import org.actium.runtime.spi.Ports;
import org.actium.simulation.disk.Disk;
import org.actium.simulation.oracle.Observation;

/** What one life of one host is given; the runtime it boots gets at everything else through it. */
public final class Machine {

    private static final ScopedValue<Machine> CURRENT = ScopedValue.newInstance();

    private final SimulationRun run;
    private final String host;
    private final int life;
    private final Ports ports;
    private final Transport transport;
    private final Disk disk;

    Machine(SimulationRun run, String host, int life, Ports ports, Transport transport, Disk disk) {
        this.run = run;
        this.host = host;
        this.life = life;
        this.ports = ports;
        this.transport = transport;
        this.disk = disk;
    }

    /**
     * The machine whose thread this is: code that is not given one, such as an active object, finds it here.
     *
     * @throws java.util.NoSuchElementException if this is not a thread of a simulated host
     */
    public static Machine current() {
        return CURRENT.get();
    }

    Runnable around(Runnable task) {
        return () -> ScopedValue.where(CURRENT, this).run(task);
    }

    public String host() {
        return host;
    }

    /** The host in its first life, {@code h2}; host and life in later ones, {@code h2.2}. */
    public String place() {
        return life == 1 ? host : host + "." + life;
    }

    /** 1 for the first one, 2 after the first restart, and so on. */
    public int life() {
        return life;
    }

    public Ports ports() {
        return ports;
    }

    /** The name of a host is its address; the transport listens at its own host's name or at a loopback address. */
    public Transport transport() {
        return transport;
    }

    /** What former lives left on it is there. */
    public Disk disk() {
        return disk;
    }

    /** See {@link Simulation#sometimes}. */
    public void sometimes(String what) {
        run.sometimes(what);
    }

    /** See {@link Simulation#observe}. */
    public void observe(Observation observation) {
        run.observe(observation);
    }

    /** Fails the run: the caller saw something that must not be. */
    public void fail(String what) {
        run.fail(what);
    }

    /** Ends the run, as it should: whatever is still under way is not waited for. */
    public void stop() {
        run.stop();
    }

    /** Blocks the calling thread, which is one of the simulation, for some virtual time. */
    public void sleep(Duration time) {
        run.sleep(time);
    }

    /** Virtual time since the beginning of the run. */
    public Duration now() {
        return run.now();
    }

    /** Writes into the event log: one verb, and what it was done to. */
    public void note(String what, String subject) {
        run.note(what, subject);
    }
}
