package org.actium.simulation.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * How one host sees virtual time; survives restarts of the host. Every host counts its nanoseconds from a number of its
 * own, so that code which compares those of two hosts is found out.
 */
public final class HostClock {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MILLION = 1_000_000;

    private final Scheduler scheduler;
    private final long firstNanos;
    private final long partsPerMillion;
    private Duration offset;
    private long readings;

    /**
     * @param firstNanos what {@link #nanos} begins with
     * @param offset how far the time of day is ahead of that of an exact host; negative if it is behind
     * @param partsPerMillion how much faster than an exact clock it runs; negative if it is slower
     */
    public HostClock(Scheduler scheduler, long firstNanos, Duration offset, long partsPerMillion) {
        if (partsPerMillion <= -MILLION) {
            throw new IllegalArgumentException("a clock that runs " + partsPerMillion + " ppm fast never goes forward");
        }
        this.scheduler = scheduler;
        this.firstNanos = firstNanos;
        this.offset = offset;
        this.partsPerMillion = partsPerMillion;
    }

    /** Somebody sets the time of day; nobody who measures durations notices. */
    public void jump(Duration by) {
        offset = offset.plus(by);
    }

    /** How often somebody asked for the time of day. */
    public long readings() {
        return readings;
    }

    Instant instant() {
        readings++;
        return START.plus(offset).plusNanos(elapsed());
    }

    /** Never goes back. */
    long nanos() {
        return firstNanos + elapsed();
    }

    /** The virtual time at which so much has passed on this clock; never earlier. */
    long after(Duration delay) {
        long wanted = Scheduler.saturatedSum(elapsed(), Math.max(0, Scheduler.nanos(delay)));
        if (partsPerMillion == 0 || wanted == Long.MAX_VALUE) {
            return wanted;
        }
        long guess = (long) (wanted * ((double) MILLION / (MILLION + partsPerMillion)));
        while (elapsed(guess) < wanted) {
            guess += Math.max(1, wanted - elapsed(guess));
        }
        return guess;
    }

    private long elapsed() {
        return elapsed(scheduler.now());
    }

    private long elapsed(long now) {
        return now + now / MILLION * partsPerMillion + now % MILLION * partsPerMillion / MILLION;
    }
}
