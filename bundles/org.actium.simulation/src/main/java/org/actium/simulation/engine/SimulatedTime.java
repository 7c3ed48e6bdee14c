package org.actium.simulation.engine;

import java.time.Duration;
import java.time.Instant;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** The clock and the timers of one life of one host. */
public final class SimulatedTime implements Time {

    private final Scheduler scheduler;
    private final Lane lane;
    private final HostClock clock;

    public SimulatedTime(Scheduler scheduler, Lane lane, HostClock clock) {
        this.scheduler = scheduler;
        this.lane = lane;
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        return scheduler.timer(lane, clock.after(delay), task);
    }
}
