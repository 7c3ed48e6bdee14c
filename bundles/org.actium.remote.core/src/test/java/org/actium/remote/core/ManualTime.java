package org.actium.remote.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** A clock that a test moves. Timers run on the thread that moves it, in order. */
final class ManualTime implements Time {

    private final List<Timer> timers = new ArrayList<>();
    private long now;

    private record Timer(long due, Runnable task) {}

    @Override
    public synchronized Instant instant() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Registration after(Duration delay, Runnable task) {
        Timer timer = new Timer(now + delay.toNanos(), task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    void advance(Duration by) {
        long until = nanos() + by.toNanos();
        for (Timer next = takeDue(until); next != null; next = takeDue(until)) {
            next.task.run();
        }
    }

    private synchronized Timer takeDue(long until) {
        Timer first = timers.stream()
                .filter(timer -> timer.due <= until)
                .min(Comparator.comparingLong(Timer::due))
                .orElse(null);
        now = first == null ? until : Math.max(now, first.due);
        timers.remove(first);
        return first;
    }
}
