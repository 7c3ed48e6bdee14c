package org.actium.provision;

import java.util.concurrent.atomic.LongAdder;
import org.actium.provision.api.Traffic;

/** Counts what was given and got. */
final class TrafficCounter {

    private final LongAdder givenBytes = new LongAdder();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder fetchedBytes = new LongAdder();
    private final LongAdder fromCache = new LongAdder();

    void gave(int bytes) {
        givenBytes.add(bytes);
    }

    void got(Jars.Arrival arrival) {
        if (arrival.kept()) {
            fromCache.increment();
        } else {
            fetched.increment();
            fetchedBytes.add(arrival.bytes());
        }
    }

    Traffic traffic() {
        return new Traffic(givenBytes.sum(), fetched.sum(), fetchedBytes.sum(), fromCache.sum());
    }
}
