package org.actium.ft.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the application where another container has it: that is asked every so often what has happened, and, if
 * somebody wants to know, how objects stand.
 */
final class ServerElsewhere implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerElsewhere.class);

    /** How often it is asked what has happened. */
    private static final Duration LOOKING = Duration.ofMillis(500);

    private static final long FROM_NOW_ON = Long.MAX_VALUE;

    private final Supplier<RuntimeAddress> server;
    private final String run;
    private final RemoteObjects remoteObjects;
    private final Time time;
    private final RecoveryListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed; // guarded by lock
    private Registration looking = () -> {}; // guarded by lock

    /** @param run what happens to others there is not told */
    ServerElsewhere(
            Supplier<RuntimeAddress> server,
            String run,
            RemoteObjects remoteObjects,
            Time time,
            RecoveryListener listener) {
        this.server = server;
        this.run = run;
        this.remoteObjects = remoteObjects;
        this.time = time;
        this.listener = listener;
    }

    /** What happens there is told, from now on. Blocks until the server has said what was before. */
    void follow() {
        look(server.get().id(), FROM_NOW_ON);
    }

    private void look(RuntimeId before, long heard) {
        RuntimeId last = before;
        long known = heard;
        try {
            RuntimeAddress now = server.get();
            if (!now.id().equals(before)) {
                known = 0; // it was restarted
            }
            RecoveryServer.News news = at(now).news(known, Optional.of(run));
            last = now.id();
            known = news.last();
            news.events().forEach(listener::happened);
        } catch (RuntimeException unheard) {
            LOG.debug("the server of fault tolerance does not say what happens: {}", unheard.getMessage());
        }
        lookLater(last, known);
    }

    private void lookLater(RuntimeId before, long heard) {
        lock.lock();
        try {
            if (!closed) {
                looking = time.after(LOOKING, () -> look(before, heard));
            }
        } finally {
            lock.unlock();
        }
    }

    private RecoveryServer at(RuntimeAddress now) {
        return remoteObjects.at(now, RecoveryServer.class, RecoveryServer.NAME);
    }

    /** How the objects of the run stand. */
    RecoveryStatus status() {
        try {
            return at(server.get()).status(Optional.of(run));
        } catch (RemotingException unreached) {
            throw new IllegalStateException(
                    "how objects stand is not known now, as their server does not say it: " + unreached.getMessage(),
                    unreached);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            looking.close();
        } finally {
            lock.unlock();
        }
    }
}
