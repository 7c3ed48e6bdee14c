package org.actium.remote.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** A clock that stands still until a test moves it. Timers are kept and run when the test says so. */
final class SettableTime implements Time {

    final List<Timer> timers = new CopyOnWriteArrayList<>();

    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

    record Timer(Instant due, Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

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
    }

    /** Runs those whose time has come. */
    void runDue() {
        for (Timer timer : List.copyOf(timers)) {
            if (!timer.due.isAfter(now) && timers.remove(timer)) {
                timer.run();
            }
        }
    }
}
