package org.actium.remote.core;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beat of all links of a runtime: one timer, however many there are, and none if there are none. */
final class Heartbeats {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final Time time;
    private final Duration interval;
    private final Queue<BooleanSupplier> beats = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beating = new AtomicBoolean();

    Heartbeats(Time time, Duration interval) {
        this.time = time;
        this.interval = interval;
    }

    /** @param beat called at every beat from the next one on, until it returns false; must not block */
    void add(BooleanSupplier beat) {
        beats.add(beat);
        beatLater();
    }

    private void beatLater() {
        if (!beats.isEmpty() && beating.compareAndSet(false, true)) {
            time.after(interval, this::beatAll);
        }
    }

    private void beatAll() {
        beats.removeIf(beat -> !goesOn(beat));
        beating.set(false);
        beatLater();
    }

    private static boolean goesOn(BooleanSupplier beat) {
        try {
            return beat.getAsBoolean();
        } catch (RuntimeException | Error failed) {
            LOG.error("a link could not show that this runtime lives", failed);
            return true;
        }
    }
}
