package org.actium.remote.tcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that no connection stays without a reader: looks at those whose reader does something else, and has another thread
 * read where it does not come back. One thread for all connections of a transport, and none while all are read. As long as
 * all come back it looks less often: each look is a change of threads.
 */
final class ReaderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderWatch.class);

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
    private boolean told; // guarded by lock; that there is no thread, since there was one

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

    /**
     * Looks at them from now on, until they say that this is enough.
     *
     * @return false if there is no thread that could; they have to be added again then
     */
    boolean add(Readers readers) {
        lock.lock();
        try {
            if (!running) {
                threads.startReader("tcp-reader-watch", this::watch);
                running = true;
            }
            added.add(readers);
            changed.signal();
            told = false;
            return true;
        } catch (RuntimeException | Error noThread) {
            if (!told) {
                told = true;
                LOG.error("nobody sees that connections do not stay without a reader: no thread", noThread);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        List<Readers> watched = new ArrayList<>();
        Pace pace = new Pace();
        while (takeAdded(watched)) {
            LockSupport.parkNanos(this, pace.nanos());
            pace.looked(lookAtAll(watched));
        }
    }

    /** @return whether one of them had no reader */
    private boolean lookAtAll(List<Readers> watched) {
        boolean missed = false;
        for (Iterator<Readers> all = watched.iterator(); all.hasNext(); ) {
            try {
                switch (all.next().look()) {
                    case THERE -> {}
                    case MISSED -> missed = true;
                    case ENOUGH -> all.remove();
                }
            } catch (RuntimeException | Error failed) {
                LOG.error("a connection could not be looked at; there will be another look", failed);
                LockSupport.parkNanos(this, REST_NANOS);
            }
        }
        return missed;
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
