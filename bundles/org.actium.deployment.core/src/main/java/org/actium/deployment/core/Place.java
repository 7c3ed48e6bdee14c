package org.actium.deployment.core;

import java.util.Comparator;

/** Where a node stands in its virtual node: by source, runtime and node, as the descriptor has them, not by arrival. */
record Place(int source, int runtime, int node) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::source)
            .thenComparingInt(Place::runtime)
            .thenComparingInt(Place::node);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
