package org.actium.remote.core;

import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;

/** A runtime without nodes. */
record NamedRuntime(RuntimeId id, String name) implements ActiumRuntime {

    @Override
    public Node defaultNode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Node createNode(String node, Optional<String> virtualNode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeNode(String node) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Node> node(String node) {
        return Optional.empty();
    }

    @Override
    public List<Node> nodes() {
        return List.of();
    }

    @Override
    public Registration listen(NodeListener listener) {
        return () -> {};
    }
}
