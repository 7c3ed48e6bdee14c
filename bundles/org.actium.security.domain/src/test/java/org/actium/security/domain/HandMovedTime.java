package org.actium.security.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** A clock that a test moves. Timers that are due run on its thread. */
final class HandMovedTime implements Time {

    private final List<Timer> timers = new ArrayList<>();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private record Timer(Instant due, Runnable task) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        Timer timer = new Timer(now.plus(delay), task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    void advance(Duration by) {
        now = now.plus(by);
        for (Timer timer : List.copyOf(timers)) {
            if (!timer.due.isAfter(now) && timers.remove(timer)) {
                timer.task.run();
            }
        }
    }
}
