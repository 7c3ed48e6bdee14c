package org.actium.runtime.spi;

import java.time.Duration;
import java.time.InstantSource;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Clock and timers. {@link #instant()} is for records and people; everything that measures or limits a duration uses
 * {@link #nanos()} and {@link #after}, which do not jump when the clock of the host is set.
 */
@ConsumerType
public interface Time extends InstantSource {

    /** Nanoseconds since some moment; only differences mean something. Never goes back. */
    long nanos();

    /**
     * Runs the task once, on a virtual thread of its own, no earlier than after the delay.
     *
     * @return closing it cancels the task if it has not begun
     */
    Registration after(Duration delay, Runnable task);
}
