package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;

/** The interceptors that the technical services of each node contribute, the outermost first. Any thread. */
final class NodeInterceptors {

    private final Map<Node, List<MessageInterceptor>> present = new ConcurrentHashMap<>(); // of nodes that have some
    private final List<Consumer<Node>> listeners = new CopyOnWriteArrayList<>();

    List<MessageInterceptor> on(Node node) {
        return present.getOrDefault(node, List.of());
    }

    /** To be followed by {@link #tell}. */
    void set(Node node, List<MessageInterceptor> outermostFirst) {
        if (outermostFirst.isEmpty()) {
            present.remove(node);
        } else {
            present.put(node, List.copyOf(outermostFirst));
        }
    }

    /** Without a lock. Bodies on the node have those that it has now when this returns. */
    void tell(Node node) {
        listeners.forEach(listener -> listener.accept(node));
    }

    void forget(Node node) {
        present.remove(node);
    }

    Registration whenChanged(Consumer<Node> action) {
        listeners.add(action);
        return () -> listeners.remove(action);
    }
}
