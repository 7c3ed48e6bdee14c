package org.actium.remote.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.spi.Threads;

/**
 * Sees that no connection stays without a reader: looks at those whose reader does something else, and has another thread
 * read where it does not come back. One thread for all connections of a transport, and none while all are read.
 */
final class ReaderWatch {

    /** Between two looks; a connection may be without a reader for two of them. */
    static final long PERIOD_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Readers> added = new ArrayList<>(); // guarded by lock
    private boolean running; // guarded by lock

    ReaderWatch(Threads threads) {
        this.threads = threads;
    }

    /** Looks at them from now on, until they say that this is enough. */
    void add(Readers readers) {
        boolean start;
        lock.lock();
        try {
            added.add(readers);
            changed.signal();
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            threads.startReader("tcp-reader-watch", this::watch);
        }
    }

    private void watch() {
        List<Readers> watched = new ArrayList<>();
        while (takeAdded(watched)) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            watched.removeIf(readers -> !readers.look());
        }
    }

    /** Rests while there are none. @return whether there are any */
    private boolean takeAdded(List<Readers> watched) {
        lock.lock();
        try {
            long left = REST_NANOS;
            while (watched.isEmpty() && added.isEmpty() && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException meantForNobody) {
                    left = REST_NANOS;
                }
            }
            watched.addAll(added);
            added.clear();
            running = !watched.isEmpty();
            return running;
        } finally {
            lock.unlock();
        }
    }
}
