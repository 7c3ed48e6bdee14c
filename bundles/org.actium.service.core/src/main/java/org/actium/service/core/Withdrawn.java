package org.actium.service.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.SharedInstance.Key;

/** What each node lost because its service went, and gets again if that comes back. Not safe for several threads. */
final class Withdrawn {

    private final Map<Node, List<Key>> waiting = new LinkedHashMap<>();

    /** One that may come back. */
    record Return(Node node, Key key) {}

    void add(Node node, Key key) {
        waiting.computeIfAbsent(node, _ -> new ArrayList<>()).add(key);
    }

    boolean contains(Node node, Key key) {
        return waiting.getOrDefault(node, List.of()).contains(key);
    }

    /** @return whether there were any */
    boolean forget(Node node, Predicate<Key> which) {
        List<Key> keys = waiting.getOrDefault(node, new ArrayList<>());
        boolean any = keys.removeIf(which);
        if (keys.isEmpty()) {
            waiting.remove(node);
        }
        return any;
    }

    Map<String, List<ServiceUse>> byGroup(Node node) {
        Map<String, List<ServiceUse>> lacking = new TreeMap<>();
        waiting.getOrDefault(node, List.of())
                .forEach(key -> lacking.computeIfAbsent(key.group(), _ -> new ArrayList<>())
                        .add(key.use()));
        return lacking;
    }

    List<Return> returns() {
        return waiting.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(key -> new Return(entry.getKey(), key)))
                .toList();
    }
}
