package org.actium.simulation;

import java.time.Duration;
import java.util.function.Function;

/** A fault of which it has yet to be said when it happens. */
public final class Planning {

    private final Simulation simulation;
    private final Function<Duration, Fault> fault;
    private final Duration length;

    Planning(Simulation simulation, Function<Duration, Fault> fault, Duration length) {
        this.simulation = simulation;
        this.fault = fault;
        this.length = length;
    }

    /** How long it lasts; for a host that is killed, until it starts again. Without this, for ever. */
    public Planning lasting(Duration newLength) {
        return new Planning(simulation, fault, newLength);
    }

    /** When it happens, counted from now; that is the beginning of the run unless it runs already. */
    public Simulation after(Duration time) {
        return simulation.after(time, fault.apply(length));
    }
}
