package org.actium.logging;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.Objects;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;

/**
 * One line of a log.
 *
 * @param nanos when, on the clock of {@code Time.nanos} of its runtime
 * @param level name of an SLF4J level
 * @param trace stack trace of an exception; empty if there is none
 */
record LogRecord(long nanos, String level, String logger, String message, String trace) implements Serializable {

    private static final int MAX_MESSAGE = 8 << 10;
    private static final int MAX_TRACE = 16 << 10;

    LogRecord {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(logger, "logger");
        message = limited(Objects.requireNonNull(message, "message"), MAX_MESSAGE);
        trace = limited(Objects.requireNonNull(trace, "trace"), MAX_TRACE);
    }

    static LogRecord of(LoggingEvent event, long nanos) {
        return new LogRecord(
                nanos,
                event.getLevel().name(),
                event.getLoggerName(),
                String.valueOf(MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray())),
                event.getThrowable() == null ? "" : trace(event.getThrowable()));
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    private static String limited(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    /** One that another release calls differently is shown, too. */
    Level slf4jLevel() {
        try {
            return Level.valueOf(level);
        } catch (IllegalArgumentException unknown) {
            return Level.INFO;
        }
    }
}
