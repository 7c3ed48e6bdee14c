package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actium.runtime.spi.Time;

/** Of which runs of applications anybody was heard of lately. Not safe for several threads. */
final class Runs {

    private final Time time;
    private final Duration limit;
    private final long since;
    private final Map<String, Long> heard = new HashMap<>();

    /** @param limit a run is over if nothing is heard of it for so long */
    Runs(Time time, Duration limit) {
        this.time = time;
        this.limit = limit;
        this.since = time.nanos();
    }

    void heard(String run) {
        heard.values().removeIf(this::isLongAgo);
        heard.put(run, time.nanos());
    }

    /** One that nothing was ever heard of is given as long as if it had been when this was new. */
    boolean isOver(String run) {
        return isLongAgo(heard.getOrDefault(run, since));
    }

    private boolean isLongAgo(long nanos) {
        return time.nanos() - nanos >= limit.toNanos();
    }
}
