package org.actium.remote.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.spi.Threads;

/** Threads of this JVM that know whether any of their tasks could go on by itself. */
final class BusyThreads implements Threads {

    private final Threads threads = new SystemThreads();
    private final AtomicInteger given = new AtomicInteger();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private volatile boolean refused;

    /** Whether all tasks are over, or wait for something. */
    boolean areIdle() {
        return given.get() == working.size() && working.stream().allMatch(BusyThreads::isWaiting);
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
    }

    /** Whether none can be started for tasks without a name from now on. */
    void refuse(boolean whether) {
        refused = whether;
    }

    private Runnable counted(Runnable task) {
        given.incrementAndGet();
        return () -> {
            working.add(Thread.currentThread());
            try {
                task.run();
            } finally {
                working.remove(Thread.currentThread());
                given.decrementAndGet();
            }
        };
    }

    @Override
    public void run(Runnable task) {
        if (refused) {
            throw new OutOfMemoryError("unable to create native thread, says the test");
        }
        threads.run(counted(task));
    }

    @Override
    public Thread start(String name, Runnable task) {
        return threads.start(name, counted(task));
    }

    @Override
    public Thread startReader(String name, Runnable task) {
        return threads.startReader(name, counted(task));
    }
}
