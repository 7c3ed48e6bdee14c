package org.actium.remote.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.remote.api.Link;

/** Places of which each link may have so many at once. Any thread may use it. */
final class PerLink {

    private final int most;
    private final Map<Link, Integer> taken = new ConcurrentHashMap<>();

    PerLink(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** @return false if it has all that it may have */
    boolean take(Link link) {
        boolean few = taken.merge(link, 1, Integer::sum) <= most;
        if (!few) {
            giveBack(link);
        }
        return few;
    }

    void giveBack(Link link) {
        taken.computeIfPresent(link, (same, count) -> count == 1 ? null : count - 1);
    }
}
