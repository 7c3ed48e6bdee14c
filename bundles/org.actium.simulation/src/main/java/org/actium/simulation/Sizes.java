package org.actium.simulation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The sizes that a scenario offers to be made smaller, each as large as its trial allows. */
final class Sizes {

    private final Map<String, Integer> limits;
    private final Map<String, Outcome.Size> offered = new TreeMap<>();

    Sizes(Map<String, Integer> limits) {
        this.limits = limits;
    }

    int of(String what, int wanted, int least) {
        int size = Math.clamp(limits.getOrDefault(what, wanted), least, wanted);
        offered.merge(
                what,
                new Outcome.Size(least, size),
                (one, other) ->
                        new Outcome.Size(Math.max(one.least(), other.least()), Math.max(one.most(), other.most())));
        return size;
    }

    /** By name, those that were asked for. */
    Map<String, Outcome.Size> offered() {
        return Collections.unmodifiableMap(offered);
    }
}
