package org.actium.itests.application;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs. */
public class Chatterbox {

    private static final Logger LOG = LoggerFactory.getLogger(Chatterbox.class);

    /** At once, with an exception. */
    public boolean complain(String text) {
        LOG.error("{} on purpose", text, new IllegalStateException("what is wrong"));
        return true;
    }

    /** So often, with pauses between, beginning now; returns at once. */
    public boolean count(int times, long pauseMillis) {
        AtomicInteger count = new AtomicInteger();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleAtFixedRate(
                () -> {
                    int number = count.incrementAndGet();
                    LOG.error("count {} of {}", number, times);
                    if (number == times) {
                        timer.shutdown();
                    }
                },
                0,
                pauseMillis,
                TimeUnit.MILLISECONDS);
        return true;
    }
}
