package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.runtime.spi.Time;

/** Of which runs of applications anybody was heard of lately. Not safe for several threads. */
final class Runs {

    private final Time time;
    private final Duration limit;
    private final Optional<String> own;
    private long since;
    private final Map<String, Long> heard = new HashMap<>();

    /**
     * @param limit a run is over if nothing is heard of it for so long
     * @param own the run of whoever asks; it is not over as long as that is there
     */
    Runs(Time time, Duration limit, Optional<String> own) {
        this.time = time;
        this.limit = limit;
        this.own = own;
        this.since = time.nanos();
    }

    void heard(String run) {
        heard.values().removeIf(this::isLongAgo);
        heard.put(run, time.nanos());
    }

    /** One that nothing was ever heard of is given as long as if it had been when this was new. */
    boolean isOver(String run) {
        return !run.equals(own.orElse(null)) && isLongAgo(heard.getOrDefault(run, since));
    }

    /** Nobody could be heard for a while: all are given as long as if they had been heard of now. */
    void beginAnew() {
        heard.clear();
        since = time.nanos();
    }

    private boolean isLongAgo(long nanos) {
        return time.nanos() - nanos >= limit.toNanos();
    }
}
