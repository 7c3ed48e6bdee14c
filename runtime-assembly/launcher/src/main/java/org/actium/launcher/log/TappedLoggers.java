package org.actium.launcher.log;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.LoggingEvent;

/** Loggers that hand what they have logged to listeners, too. */
public final class TappedLoggers implements ILoggerFactory, Function<Consumer<LoggingEvent>, Runnable> {

    private final ILoggerFactory inner;
    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final List<Consumer<LoggingEvent>> listeners = new CopyOnWriteArrayList<>();

    TappedLoggers(ILoggerFactory inner) {
        this.inner = inner;
    }

    @Override
    public Logger getLogger(String name) {
        Logger known = loggers.get(name);
        return known != null
                ? known
                : loggers.computeIfAbsent(name, _ -> new TappedLogger(inner.getLogger(name), this::logged));
    }

    /**
     * From now on the listener hears what is logged, on the thread that logs.
     *
     * @return ends that
     */
    @Override
    public Runnable apply(Consumer<LoggingEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void logged(LoggingEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }
}
