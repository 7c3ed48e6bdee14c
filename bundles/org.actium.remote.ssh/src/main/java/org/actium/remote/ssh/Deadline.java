package org.actium.remote.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The end of a time limit that several steps share. */
final class Deadline {

    private final Duration limit;
    private final LongSupplier nanos;
    private final long begin;

    /** @param nanos a clock, as {@link System#nanoTime} */
    Deadline(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /**
     * What the next step may take, a millisecond at least: less would be without limit for a socket.
     *
     * @throws IOException if nothing is left
     */
    Duration left() throws IOException {
        Duration left = limit.minusNanos(nanos.getAsLong() - begin);
        if (left.toMillis() <= 0) {
            throw new IOException("the way through ssh was not there within " + limit.toMillis() + " ms");
        }
        return left;
    }
}
