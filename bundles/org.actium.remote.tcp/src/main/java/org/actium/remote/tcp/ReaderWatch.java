package org.actium.remote.tcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.spi.Threads;

/**
 * Sees that no connection stays without a reader: looks at those whose reader does something else, and has another thread
 * read where it does not come back. One thread for all connections of a transport, and none while all are read. As long as
 * all come back it looks less often: each look is a change of threads.
 */
final class ReaderWatch {

    /** Between two looks at least; a connection may be without a reader for two of them. */
    static final long PERIOD_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Between two looks at most. */
    private static final long LONGEST_NANOS = 4 * PERIOD_NANOS;

    /** After so many looks that found all readers back they become rarer. */
    private static final int CALM_LOOKS = 50;

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Readers> added = new ArrayList<>(); // guarded by lock
    private boolean running; // guarded by lock

    /** How long to pause between two looks: shortly at first, and again when a reader did not come back. */
    static final class Pace {
        private long nanos = PERIOD_NANOS;
        private int calm;

        long nanos() {
            return nanos;
        }

        /** @param missed whether another thread had to be called */
        void looked(boolean missed) {
            if (missed) {
                nanos = PERIOD_NANOS;
                calm = 0;
            } else if (++calm == CALM_LOOKS) {
                nanos = Math.min(2 * nanos, LONGEST_NANOS);
                calm = 0;
            }
        }
    }

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
        Pace pace = new Pace();
        while (takeAdded(watched)) {
            LockSupport.parkNanos(this, pace.nanos());
            boolean missed = false;
            for (Iterator<Readers> all = watched.iterator(); all.hasNext(); ) {
                switch (all.next().look()) {
                    case THERE -> {}
                    case MISSED -> missed = true;
                    case ENOUGH -> all.remove();
                }
            }
            pace.looked(missed);
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
