package org.actium.deployment.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** A clock that stands still until the test moves it; timers that come due run on the thread that moves it. */
final class HandMovedTime implements Time {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final Set<Duration> delays = new HashSet<>(); // of all timers ever set
    private long now;
    private long numbers;

    private record Timer(long due, long number, Runnable task) {}

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos());
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(now + delay.toNanos(), numbers++, task);
            timers.add(timer);
            delays.add(delay);
            changed.signalAll();
            return () -> {
                lock.lock();
                try {
                    timers.remove(timer);
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            };
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock and runs what comes due, in order, each at its own moment. */
    void advance(Duration by) {
        long until = nanos() + by.toNanos();
        for (Optional<Timer> due = due(until); due.isPresent(); due = due(until)) {
            due.get().task.run();
        }
    }

    private Optional<Timer> due(long until) {
        lock.lock();
        try {
            Timer first = timers.peek();
            if (first == null || first.due > until) {
                now = until;
                return Optional.empty();
            }
            now = first.due;
            return Optional.of(timers.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody has set a timer with this delay. */
    void awaitTimer(Duration delay) throws InterruptedException {
        lock.lock();
        try {
            while (!delays.contains(delay)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no timer is running. */
    void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (!timers.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many timers are running. */
    int timers() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }
}
