package org.actium.service.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.SharedInstance.Key;

/** In which order each node came to its services. Not safe for several threads. */
final class Places {

    private final Map<Node, Map<Key, Long>> taken = new HashMap<>();
    private long last;

    /** The one that it has taken there; if none, one after all others. */
    long of(Node node, Key key) {
        Long place = taken.getOrDefault(node, Map.of()).get(key);
        return place == null ? ++last : place;
    }

    void take(Node node, Key key, long place) {
        taken.computeIfAbsent(node, _ -> new HashMap<>()).put(key, place);
    }

    /** All others there lose theirs. */
    void keep(Node node, Predicate<Key> which) {
        taken.computeIfPresent(node, (_, places) -> {
            places.keySet().removeIf(which.negate());
            return places.isEmpty() ? null : places;
        });
    }

    /** For which groups the use has one there. */
    Set<String> groups(Node node, ServiceUse use) {
        return taken.getOrDefault(node, Map.of()).keySet().stream()
                .filter(key -> key.use().equals(use))
                .map(Key::group)
                .collect(Collectors.toSet());
    }
}
