package org.actium.service.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.actium.runtime.api.Node;

/**
 * Values that services laid over the properties of one node, one over the other. A layer may be taken away from between
 * others, when the one above it uncovers what this one had covered, and may come back there. Any thread.
 */
final class PropertyLayers {

    private final Node node;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Layer>> layers = new HashMap<>(); // guarded by lock; the lowest first

    /** One value, and what is below it. */
    static final class Layer {

        private final Object owner;
        private final String key;
        private final String value;
        private final long rank;
        private Optional<String> covered;

        private Layer(Object owner, String key, String value, long rank, Optional<String> covered) {
            this.owner = owner;
            this.key = key;
            this.value = value;
            this.rank = rank;
            this.covered = covered;
        }
    }

    PropertyLayers(Node node) {
        this.node = node;
    }

    /** Whether of this very node, and not of another one of its name. */
    boolean areOf(Node other) {
        return node == other;
    }

    /** @param rank above those of a lower or the same one, below those of a higher one, until they are arranged */
    Layer add(Object owner, String key, String value, long rank) {
        lock.lock();
        try {
            List<Layer> all = layers.computeIfAbsent(key, k -> new ArrayList<>());
            int at = 0;
            while (at < all.size() && all.get(at).rank <= rank) {
                at++;
            }
            if (at == all.size()) {
                Layer top = new Layer(owner, key, value, rank, node.property(key));
                all.add(top);
                node.setProperty(key, value);
                return top;
            }
            Layer above = all.get(at);
            Layer layer = new Layer(owner, key, value, rank, above.covered);
            above.covered = Optional.of(value);
            all.add(at, layer);
            return layer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts the layers of these into this order, the first lowest; those of others keep their places between them. Where
     * somebody else has set a value between two layers, all stay where they are.
     */
    void arrange(List<?> owners) {
        lock.lock();
        try {
            layers.values().forEach(all -> arrange(all, owners));
        } finally {
            lock.unlock();
        }
    }

    private void arrange(List<Layer> all, List<?> owners) {
        Iterator<Layer> sorted = all.stream()
                .filter(layer -> owners.contains(layer.owner))
                .sorted(Comparator.comparingInt(layer -> owners.indexOf(layer.owner)))
                .iterator();
        List<Layer> arranged = all.stream()
                .map(layer -> owners.contains(layer.owner) ? sorted.next() : layer)
                .toList();
        if (arranged.equals(all) || !isWhole(all)) {
            return;
        }
        Layer top = all.getLast();
        Optional<String> below = all.getFirst().covered;
        for (Layer layer : arranged) {
            layer.covered = below;
            below = Optional.of(layer.value);
        }
        all.clear();
        all.addAll(arranged);
        if (node.property(top.key).equals(Optional.of(top.value))) {
            node.setProperty(top.key, all.getLast().value);
        }
    }

    private static boolean isWhole(List<Layer> all) {
        return IntStream.range(1, all.size())
                .allMatch(at -> all.get(at).covered.equals(Optional.of(all.get(at - 1).value)));
    }

    /** Does not touch what somebody else has set since. */
    void remove(Layer layer) {
        lock.lock();
        try {
            uncover(layer);
        } finally {
            lock.unlock();
        }
    }

    private void uncover(Layer layer) {
        List<Layer> all = layers.getOrDefault(layer.key, new ArrayList<>());
        int at = all.indexOf(layer);
        if (at < 0) {
            return;
        }
        all.remove(at);
        if (at < all.size()) {
            Layer above = all.get(at);
            if (above.covered.equals(Optional.of(layer.value))) {
                above.covered = layer.covered;
            }
        } else if (node.property(layer.key).equals(Optional.of(layer.value))) {
            layer.covered.ifPresentOrElse(
                    before -> node.setProperty(layer.key, before), () -> node.removeProperty(layer.key));
        }
        if (all.isEmpty()) {
            layers.remove(layer.key);
        }
    }
}
