package org.actium.service.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;

/** Changes of bundles, during which services that are installed may be missing for a moment. */
final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneEnded = lock.newCondition();
    private final List<Thread> underWay = new ArrayList<>(); // who makes them; guarded by lock
    private long ended; // guarded by lock

    /** Until it is closed. What this thread asks meanwhile is part of the change, and does not wait for it. */
    Registration begin() {
        Thread changing = Thread.currentThread();
        lock.lock();
        try {
            underWay.add(changing);
        } finally {
            lock.unlock();
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                end(changing);
            }
        };
    }

    private void end(Thread changing) {
        lock.lock();
        try {
            underWay.remove(changing);
            ended++;
            oneEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many have ended so far. */
    long ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    boolean areUnderWay() {
        lock.lock();
        try {
            return !underWay.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for those under way, unless this thread makes one of them. @return whether any ended after so many had */
    boolean endedSince(long before) {
        lock.lock();
        try {
            while (!underWay.isEmpty() && !underWay.contains(Thread.currentThread())) {
                oneEnded.awaitUninterruptibly();
            }
            return ended > before;
        } finally {
            lock.unlock();
        }
    }
}
