package org.actium.logging;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what others have logged in the log of this runtime, by the same loggers, with the names of their runtimes. */
@Component(
        service = {},
        immediate = true)
public final class ShownLogs implements LogCollector, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShownLogs.class);

    /** Younger ones are shown as if they were logged now. */
    private static final long SECONDS_WORTH_SAYING = 2;

    private final Registration export;

    @Activate
    public ShownLogs(@Reference RemoteObjects remoteObjects) {
        this.export = remoteObjects.export(LogCollector.class, NAME, this);
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }

    @Override
    public void show(String runtime, long nanos, List<LogRecord> records, long dropped) {
        if (dropped > 0) {
            LOG.warn("[{}] {} log records were dropped here: too many for the time", runtime, dropped);
        }
        for (LogRecord entry : records) {
            LoggerFactory.getLogger(entry.logger()).atLevel(entry.slf4jLevel()).log(() -> text(runtime, nanos, entry));
        }
    }

    private static String text(String runtime, long nanos, LogRecord entry) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos - entry.nanos());
        return "[" + runtime + "] " + (seconds < SECONDS_WORTH_SAYING ? "" : "(" + seconds + " s ago) ")
                + entry.message() + (entry.trace().isEmpty() ? "" : System.lineSeparator() + entry.trace());
    }
}
