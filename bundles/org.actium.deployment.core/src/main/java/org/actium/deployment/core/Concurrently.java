package org.actium.deployment.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/** Runs tasks at the same time, a thread each, and waits for them. An interrupt does not end the wait; it is kept for later. */
final class Concurrently {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int unfinished; // guarded by lock
    private boolean expired; // guarded by lock

    private Concurrently(int tasks) {
        this.unfinished = tasks;
    }

    /** Returns when all have ended. */
    static void run(Threads threads, List<? extends Runnable> tasks) {
        new Concurrently(tasks.size()).start(threads, tasks).await();
    }

    /** Returns when all have ended or the limit has passed; then the others go on, and the answer is false. */
    static boolean run(Threads threads, Time time, Duration limit, List<? extends Runnable> tasks) {
        Concurrently all = new Concurrently(tasks.size());
        Registration timer = time.after(limit, all::expire);
        try {
            return all.start(threads, tasks).await();
        } finally {
            timer.close();
        }
    }

    private Concurrently start(Threads threads, List<? extends Runnable> tasks) {
        for (Runnable task : tasks) {
            threads.run(() -> {
                try {
                    task.run();
                } finally {
                    finished();
                }
            });
        }
        return this;
    }

    private void finished() {
        lock.lock();
        try {
            unfinished--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void expire() {
        lock.lock();
        try {
            expired = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await() {
        lock.lock();
        try {
            while (unfinished > 0 && !expired) {
                changed.awaitUninterruptibly();
            }
            return unfinished == 0;
        } finally {
            lock.unlock();
        }
    }
}
