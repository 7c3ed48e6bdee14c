package org.actium.ft.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.spi.Time;

/** Tells whether the store works, until that is closed here. Any thread. */
final class StoreHealth {

    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Trouble trouble; // guarded by lock
    private volatile boolean closed;

    /** @param proof for so long nothing fails before the store is said to work */
    StoreHealth(Time time, Duration proof, Events events) {
        this.trouble = new Trouble(time, proof);
        this.events = events;
    }

    void fails(StoreException why, boolean commit) {
        lock.lock();
        try {
            if (!closed) {
                trouble.fails(why.getMessage(), commit).ifPresent(events::add);
            }
        } finally {
            lock.unlock();
        }
        events.tell();
    }

    void works(boolean commit) {
        Optional<RecoveryEvent> over;
        lock.lock();
        try {
            over = trouble.works(commit);
            over.ifPresent(events::add);
        } finally {
            lock.unlock();
        }
        if (over.isPresent()) {
            events.tell();
        }
    }

    /** Empty if it works. */
    Optional<String> trouble() {
        lock.lock();
        try {
            return trouble.why();
        } finally {
            lock.unlock();
        }
    }

    /** What fails from here on does so because of that. */
    void close() {
        closed = true;
    }
}
