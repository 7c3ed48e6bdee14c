package org.actium.service.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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

        private final String key;
        private final String value;
        private final long rank;
        private Optional<String> covered;

        private Layer(String key, String value, long rank, Optional<String> covered) {
            this.key = key;
            this.value = value;
            this.rank = rank;
            this.covered = covered;
        }
    }

    PropertyLayers(Node node) {
        this.node = node;
    }

    /** @param rank above those of a lower or the same one, below those of a higher one */
    Layer add(String key, String value, long rank) {
        lock.lock();
        try {
            List<Layer> all = layers.computeIfAbsent(key, k -> new ArrayList<>());
            int at = 0;
            while (at < all.size() && all.get(at).rank <= rank) {
                at++;
            }
            if (at == all.size()) {
                Layer top = new Layer(key, value, rank, node.property(key));
                all.add(top);
                node.setProperty(key, value);
                return top;
            }
            Layer above = all.get(at);
            Layer layer = new Layer(key, value, rank, above.covered);
            above.covered = Optional.of(value);
            all.add(at, layer);
            return layer;
        } finally {
            lock.unlock();
        }
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
