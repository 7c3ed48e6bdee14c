package org.actium.application.core;

import java.time.Duration;
import java.time.Instant;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** Moves a tenth of a second each time it is looked at. */
final class ManualTime implements Time {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos += Duration.ofMillis(100).toNanos();
    }

    @Override
    public Registration after(Duration delay, Runnable task) {
        return () -> {}; // it never comes to that
    }
}
