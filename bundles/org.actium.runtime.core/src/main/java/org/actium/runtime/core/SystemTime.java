package org.actium.runtime.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The clock of this host. One platform thread watches all timers; what they run gets a virtual thread each. */
@Component(service = Time.class)
public final class SystemTime implements Time, AutoCloseable {

    private final Threads threads;
    private final ScheduledThreadPoolExecutor timers;

    @Activate
    public SystemTime(@Reference Threads threads) {
        this.threads = threads;
        this.timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("actium-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        Future<?> timer =
                timers.schedule(() -> threads.run(task), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /** Cancels every timer, also those that somebody who is not done yet asks for later. */
    @Override
    @Deactivate
    public void close() {
        timers.shutdownNow();
    }
}
