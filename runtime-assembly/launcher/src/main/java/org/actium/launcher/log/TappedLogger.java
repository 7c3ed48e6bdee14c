package org.actium.launcher.log;

import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;

/** Logs with another logger, and then tells. */
final class TappedLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient Logger inner;
    private final transient Consumer<LoggingEvent> listener;

    TappedLogger(Logger inner, Consumer<LoggingEvent> listener) {
        this.name = inner.getName();
        this.inner = inner;
        this.listener = listener;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
        Object[] all = withThrowable(arguments, thrown);
        switch (level) {
            case ERROR -> inner.error(message, all);
            case WARN -> inner.warn(message, all);
            case INFO -> inner.info(message, all);
            case DEBUG -> inner.debug(message, all);
            case TRACE -> inner.trace(message, all);
        }
        DefaultLoggingEvent event = new DefaultLoggingEvent(level, inner);
        event.setMessage(message);
        event.setThrowable(thrown);
        if (arguments != null) {
            event.addArguments(arguments);
        }
        listener.accept(event);
    }

    /** As {@link Logger#info(String, Object...)} wants it: last. */
    private static Object[] withThrowable(Object[] arguments, Throwable thrown) {
        if (thrown == null) {
            return arguments;
        }
        Object[] all = arguments == null ? new Object[1] : Arrays.copyOf(arguments, arguments.length + 1);
        all[all.length - 1] = thrown;
        return all;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return inner.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return inner.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return inner.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return inner.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return inner.isErrorEnabled();
    }
}
