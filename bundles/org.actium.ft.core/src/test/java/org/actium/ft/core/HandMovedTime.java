package org.actium.ft.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** A clock that the test moves; timers that come due run on the thread that moves it, the only one. */
final class HandMovedTime implements Time {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));
    private long now;

    private record Timer(long due, Runnable task) {}

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        var timer = new Timer(now + delay.toNanos(), task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** As when this JVM is stopped for so long: what came due meanwhile runs late, and once. */
    void stop(Duration by) {
        now += by.toNanos();
        advance(Duration.ZERO);
    }

    void advance(Duration by) {
        long until = now + by.toNanos();
        while (!timers.isEmpty() && timers.peek().due() <= until) {
            Timer due = timers.poll();
            now = Math.max(now, due.due());
            due.task().run();
        }
        now = until;
    }
}
