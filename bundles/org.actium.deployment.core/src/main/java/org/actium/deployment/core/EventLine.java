package org.actium.deployment.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on a thread of its own that exists only while there are some. Adding one never
 * blocks, so it may be done with a lock held.
 */
final class EventLine {

    private static final Logger LOG = LoggerFactory.getLogger(EventLine.class);

    private final String name;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by lock
    private boolean running; // guarded by lock

    EventLine(String name, Threads threads) {
        this.name = name;
        this.threads = threads;
    }

    void add(Runnable task) {
        boolean start;
        lock.lock();
        try {
            waiting.add(task);
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            threads.start(name, this::drain);
        }
    }

    private void drain() {
        for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
            try {
                task.get().run();
            } catch (RuntimeException | Error failed) {
                LOG.error("{}: a listener failed", name, failed);
            }
        }
    }

    private Optional<Runnable> next() {
        lock.lock();
        try {
            Optional<Runnable> task = Optional.ofNullable(waiting.poll());
            running = task.isPresent();
            return task;
        } finally {
            lock.unlock();
        }
    }
}
