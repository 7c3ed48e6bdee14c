package org.actium.service.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;

/** Changes of bundles, during which services that are installed may be missing for a moment. */
final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneEnded = lock.newCondition();
    private int underWay; // guarded by lock
    private long ended; // guarded by lock

    /** Until it is closed. */
    Registration begin() {
        lock.lock();
        try {
            underWay++;
        } finally {
            lock.unlock();
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                end();
            }
        };
    }

    private void end() {
        lock.lock();
        try {
            underWay--;
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

    /** Waits for those under way. @return whether any ended after so many had */
    boolean endedSince(long before) {
        lock.lock();
        try {
            while (underWay > 0) {
                oneEnded.awaitUninterruptibly();
            }
            return ended > before;
        } finally {
            lock.unlock();
        }
    }
}
