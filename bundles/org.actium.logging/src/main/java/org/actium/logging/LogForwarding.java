package org.actium.logging;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/**
 * Sends what is logged here to the parent: a batch every now and then, so that a runtime that logs wildly does not drown
 * the one that shows it. While the parent is unknown or does not answer, records are kept.
 *
 * <p>Threading: any thread may log; it never waits. Batches are sent one at a time, on threads of the timer.
 */
final class LogForwarding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogForwarding.class);

    /** Between two batches. */
    static final Duration PAUSE = Duration.ofMillis(250);
    /** Before the next attempt when the parent does not answer. */
    static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    /** Who logs, at DEBUG, because a batch is sent: to send that too would never end. */
    private static final String OWN = "org.actium.remote.";

    private final String runtime;
    private final Settings settings;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final LogBuffer buffer; // guarded by lock
    private Optional<LogCollector> parent = Optional.empty(); // guarded by lock
    private boolean scheduled; // guarded by lock; or being sent
    private boolean closed; // guarded by lock
    private Registration timer = () -> {}; // guarded by lock

    /**
     * @param least less severe records stay here
     * @param perSecond how many are sent at most
     * @param kept how many wait at most
     */
    record Settings(Level least, int perSecond, int kept) {

        Settings {
            Objects.requireNonNull(least, "least");
            if (perSecond < 1) {
                throw new IllegalArgumentException(perSecond + " records in a second are none");
            }
        }

        int perBatch() {
            return Math.max(1, (int) (perSecond * PAUSE.toMillis() / 1000));
        }
    }

    LogForwarding(String runtime, Settings settings, Time time) {
        this.runtime = runtime;
        this.settings = settings;
        this.time = time;
        this.buffer = new LogBuffer(settings.kept());
    }

    /** From now on there is somebody to send to. */
    void to(LogCollector collector) {
        lock.lock();
        try {
            parent = Optional.of(collector);
            scheduleIfNeeded(Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    void logged(LoggingEvent event) {
        if (event.getLevel().toInt() < settings.least().toInt() || isCausedBySending(event)) {
            return;
        }
        LogRecord entry = LogRecord.of(event, time.nanos());
        lock.lock();
        try {
            if (!closed) {
                buffer.add(entry);
                scheduleIfNeeded(PAUSE);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isCausedBySending(LoggingEvent event) {
        return event.getLevel().toInt() < Level.INFO.toInt()
                && event.getLoggerName().startsWith(OWN);
    }

    /** The lock is held. */
    private void scheduleIfNeeded(Duration pause) {
        if (!scheduled && !closed && parent.isPresent() && !buffer.isEmpty()) {
            scheduled = true;
            timer = time.after(pause, this::sendOne);
        }
    }

    private void sendOne() {
        LogBuffer.Batch batch;
        LogCollector collector;
        lock.lock();
        try {
            if (closed) {
                return; // the timer was faster than close(), which sends the rest
            }
            collector = parent.orElseThrow();
            batch = buffer.take(settings.perBatch());
        } finally {
            lock.unlock();
        }
        boolean sent = send(collector, batch);
        lock.lock();
        try {
            scheduled = false;
            if (!sent) {
                buffer.putBack(batch);
            }
            scheduleIfNeeded(sent ? PAUSE : LONG_PAUSE);
        } finally {
            lock.unlock();
        }
    }

    private boolean send(LogCollector collector, LogBuffer.Batch batch) {
        try {
            collector.show(runtime, time.nanos(), batch.records(), batch.dropped());
            return true;
        } catch (RemotingException silent) {
            LOG.debug("runtime {} keeps its log records: {}", runtime, silent.getMessage());
            return false;
        } catch (RuntimeException refused) {
            LOG.debug(
                    "runtime {}: its parent cannot show {} log records",
                    runtime,
                    batch.records().size(),
                    refused);
            return true; // a second time would not help
        }
    }

    /** Sends what there is, if the parent still answers, and then nothing more. */
    @Override
    public void close() {
        LogBuffer.Batch last;
        Optional<LogCollector> collector;
        lock.lock();
        try {
            closed = true;
            timer.close();
            last = buffer.take(Integer.MAX_VALUE);
            collector = parent;
        } finally {
            lock.unlock();
        }
        if (!last.records().isEmpty() || last.dropped() > 0) {
            collector.ifPresent(known -> send(known, last));
        }
    }
}
