package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Node;

/**
 * What services contribute to nodes, in the order in which it goes together there: which interceptor is the outermost, which
 * property covers which.
 *
 * <p>Threading: any thread may call any method.
 */
final class Arrangement {

    private final NodeServices services;
    private final NodeInterceptors interceptors;
    private final Watches watches;
    private final Map<Node, PropertyLayers> properties = new ConcurrentHashMap<>();
    private final ReentrantLock arranging = new ReentrantLock(); // so that what was there later is set later

    Arrangement(NodeServices services, NodeInterceptors interceptors, Watches watches) {
        this.services = services;
        this.interceptors = interceptors;
        this.watches = watches;
    }

    /** To be filled by the service that takes that place there. */
    NodeContributions contributions(Node node, long place) {
        PropertyLayers layers = properties.compute(
                node,
                (_, present) -> present != null && present.areOf(node)
                        ? present
                        : new PropertyLayers(node)); // of another one, which had its name before
        return new NodeContributions(node, layers, place, watches);
    }

    /**
     * From here on messages pass the interceptors of what is applied to the node now, and properties cover each other, in
     * the order in which it goes together: as on a node that got all of it at once. Of services that are applied with others
     * messages pass nothing before these are applied, too.
     */
    void arrange(Node node) {
        arranging.lock();
        try {
            List<NodeContributions> ordered = Together.inOrder(services.on(node)).stream()
                    .map(Applied::contributions)
                    .toList();
            interceptors.set(
                    node,
                    ordered.stream()
                            .flatMap(contributions -> contributions.interceptors().stream())
                            .toList());
            Optional.ofNullable(properties.get(node)).ifPresent(layers -> layers.arrange(ordered));
        } finally {
            arranging.unlock();
        }
        interceptors.tell(node); // also if somebody else set the same, who may not have told it yet
    }

    /** The node has gone. */
    void forget(Node node) {
        interceptors.forget(node);
        properties.remove(node);
    }
}
