package org.actium.ft.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.runtime.spi.Time;

/** Which objects are lost and not restored yet, and since when. Any thread. */
final class Absences {

    private final Time time;
    private final Map<String, Long> since = new ConcurrentHashMap<>(); // nanoseconds

    Absences(Time time) {
        this.time = time;
    }

    /** @param ago before it was noticed; it does not count if the object is away already */
    void begins(String object, Duration ago) {
        since.putIfAbsent(object, time.nanos() - ago.toNanos());
    }

    /** @return how long it has lasted; empty if the object was not away */
    Optional<Duration> ends(String object) {
        return Optional.ofNullable(since.remove(object)).map(began -> Duration.ofNanos(time.nanos() - began));
    }

    boolean contains(String object) {
        return since.containsKey(object);
    }
}
