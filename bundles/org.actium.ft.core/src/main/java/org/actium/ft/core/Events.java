package org.actium.ft.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens, in one order: so it is numbered, remembered for those who ask, and told. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    /** So many are remembered. */
    private static final int REMEMBERED = 1000;

    private final RecoveryListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Happened> remembered = new ArrayDeque<>(); // guarded by lock
    private final Deque<RecoveryEvent> untold = new ArrayDeque<>(); // guarded by lock
    private long happened; // guarded by lock; how many there have been
    private boolean telling; // guarded by lock; somebody does

    /** @param run whom it concerns; all if it is empty */
    private record Happened(RecoveryEvent event, Optional<String> run) {

        boolean concerns(Optional<String> who) {
            return who.isEmpty() || run.isEmpty() || run.equals(who);
        }
    }

    Events(RecoveryListener listener) {
        this.listener = listener;
    }

    /** Adds it to those that are to be told; with the lock under which it came to be, so that its place is right. */
    void add(RecoveryEvent event) {
        add(event, Optional.empty());
    }

    /** As {@link #add(RecoveryEvent)}, of what concerns that run; all if it is empty. */
    void add(RecoveryEvent event, Optional<String> run) {
        lock.lock();
        try {
            happened++;
            remembered.add(new Happened(event, run));
            if (remembered.size() > REMEMBERED) {
                remembered.remove();
            }
            untold.add(event);
        } finally {
            lock.unlock();
        }
    }

    /** Adds it and tells it, without any lock. */
    void tell(RecoveryEvent event, String run) {
        add(event, Optional.of(run));
        tell();
    }

    /** Tells what was added, without any lock. Where another thread tells already, that one tells these, too. */
    void tell() {
        Optional<RecoveryEvent> next = next(true);
        while (next.isPresent()) {
            try {
                listener.happened(next.get());
            } catch (RuntimeException | LinkageError failed) {
                LOG.warn("{} failed when it was told: {}", listener, next.get(), failed);
            }
            next = next(false);
        }
    }

    private Optional<RecoveryEvent> next(boolean begins) {
        lock.lock();
        try {
            if (begins && telling) {
                return Optional.empty();
            }
            Optional<RecoveryEvent> next = Optional.ofNullable(untold.poll());
            telling = next.isPresent();
            return next;
        } finally {
            lock.unlock();
        }
    }

    RecoveryServer.News news(long after, Optional<String> run) {
        lock.lock();
        try {
            long known = Math.clamp(happened - after, 0, remembered.size());
            return new RecoveryServer.News(
                    happened,
                    remembered.stream()
                            .skip(remembered.size() - known)
                            .filter(happened -> happened.concerns(run))
                            .map(Happened::event)
                            .toList());
        } finally {
            lock.unlock();
        }
    }
}
