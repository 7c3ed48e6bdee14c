package org.actium.deployment.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.actium.deployment.core.Readiness.Verdict;
import org.actium.runtime.api.Node;

/**
 * The nodes of one virtual node as they come and go, and the verdict on it: {@code WAITING → READY} or {@code WAITING →
 * FAILED}, once. A node that goes later does not make it wait again. Not thread-safe.
 */
final class Muster {

    private final Target target;
    private final SortedMap<Place, Node> nodes = new TreeMap<>();
    private final SortedSet<Place> taken = new TreeSet<>();
    private Verdict verdict = Verdict.WAITING;
    private Optional<String> failure = Optional.empty();
    private boolean activated;
    private boolean timeIsUp;
    private long since; // nanoseconds of Time, once it is activated
    private int turn;

    Muster(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    /** From now on it waits for its nodes. */
    void activate(long now) {
        activated = true;
        since = now;
    }

    boolean isActivated() {
        return activated;
    }

    /** When it was activated. */
    long since() {
        return since;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Why it failed, if it did. */
    Optional<String> failure() {
        return failure;
    }

    void failedBecause(String reason) {
        failure = Optional.of(reason);
    }

    /** In the order of the descriptor. */
    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The node after the one that was given last, round and round; empty if it has none. */
    Optional<Node> next() {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        Node node = nodes().get(turn % nodes.size());
        turn = (turn + 1) % nodes.size();
        return Optional.of(node);
    }

    /** The first node that this was not asked for before; empty if there is none. */
    Optional<Node> take() {
        Optional<Place> free =
                nodes.keySet().stream().filter(place -> !taken.contains(place)).findFirst();
        free.ifPresent(taken::add);
        return free.map(nodes::get);
    }

    void attach(Place place, Node node) {
        nodes.put(place, node);
    }

    /** Takes away the nodes of a runtime. */
    void detach(int source, int runtime) {
        nodes.keySet().removeIf(place -> place.source() == source && place.runtime() == runtime);
    }

    void clear() {
        nodes.clear();
    }

    void timeIsUp() {
        timeIsUp = true;
    }

    boolean isTimeUp() {
        return timeIsUp;
    }

    /**
     * Judges anew, unless it was decided before.
     *
     * @param failed expected nodes that will never come
     * @return the verdict if it was reached just now
     */
    Optional<Verdict> judge(int failed) {
        if (verdict != Verdict.WAITING || !activated) {
            return Optional.empty();
        }
        verdict = target.readiness().judge(nodes.size(), failed, timeIsUp);
        return verdict == Verdict.WAITING ? Optional.empty() : Optional.of(verdict);
    }
}
