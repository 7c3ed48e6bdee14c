package org.actium.deadlock;

import java.util.ArrayList;
import java.util.List;

/**
 * Travels from wait to wait, along what each of them needs.
 *
 * @param path the waits it has come through, the one it began at first
 * @param expected the circle it has to find, in the second round; empty in the first
 * @param futures how many futures it has followed between runtimes since the last wait
 */
record Probe(List<Hop> path, List<WaitId> expected, int futures) {

    Probe {
        path = List.copyOf(path);
        expected = List.copyOf(expected);
    }

    static Probe from(Hop first, List<WaitId> expected) {
        return new Probe(List.of(first), expected, 0);
    }

    Probe through(Hop next) {
        List<Hop> longer = new ArrayList<>(path);
        longer.add(next);
        return new Probe(longer, expected, 0);
    }

    Probe followingOneMoreFuture() {
        return new Probe(path, expected, futures + 1);
    }

    WaitId first() {
        return path.getFirst().id();
    }

    WaitId last() {
        return path.getLast().id();
    }

    boolean confirms() {
        return !expected.isEmpty();
    }

    boolean hasComeThrough(WaitId wait) {
        return path.stream().anyMatch(hop -> hop.id().equals(wait));
    }

    /** Whether this wait may come next: in the second round only that of the first round. */
    boolean mayGoThrough(WaitId next) {
        return !confirms() || expected.get(path.size() % expected.size()).equals(next);
    }
}
