package org.actium.remote.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.actium.runtime.api.RuntimeId;

/**
 * The newest link there was to each runtime, by number. Of runtimes without a link only the latest are remembered: the
 * number matters for as long as the other side has not noticed that the link is gone, which heartbeats end. Guarded by
 * its owner.
 */
final class LastLinks {

    static final int KEPT = 1000;

    private final Map<RuntimeId, Long> numbers = new LinkedHashMap<>();

    /** 0 if there was none, or it is forgotten. */
    long of(RuntimeId peer) {
        return numbers.getOrDefault(peer, 0L);
    }

    /** @param linked whether there is a link to a runtime now */
    void add(RuntimeId peer, long number, Predicate<RuntimeId> linked) {
        numbers.remove(peer); // so that it comes last
        numbers.put(peer, number);
        Iterator<RuntimeId> oldest = numbers.keySet().iterator();
        boolean full = numbers.size() > KEPT;
        while (full && oldest.hasNext()) {
            if (!linked.test(oldest.next())) {
                oldest.remove();
                full = false;
            }
        }
    }

    int size() {
        return numbers.size();
    }
}
