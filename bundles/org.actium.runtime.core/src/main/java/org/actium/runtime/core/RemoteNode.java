package org.actium.runtime.core;

import java.util.Map;
import java.util.Optional;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.NodeRef;

/** A handle on a node of another runtime; its properties are a call away. */
final class RemoteNode implements Node {

    private final NodeRef ref;
    private final NodeAccess access;

    RemoteNode(NodeRef ref, NodeAccess access) {
        this.ref = ref;
        this.access = access;
    }

    NodeRef ref() {
        return ref;
    }

    @Override
    public String name() {
        return ref.name();
    }

    @Override
    public RuntimeId runtime() {
        return ref.runtime().id();
    }

    @Override
    public String url() {
        return NodeUrl.of(ref.runtime().endpoints().stream().findFirst(), ref.name());
    }

    @Override
    public Optional<String> virtualNode() {
        return ref.virtualNode();
    }

    @Override
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties().get(key));
    }

    @Override
    public Map<String, String> properties() {
        return access.properties(ref.name());
    }

    @Override
    public void setProperty(String key, String value) {
        access.setProperty(ref.name(), key, value);
    }

    @Override
    public void removeProperty(String key) {
        access.removeProperty(ref.name(), key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Node node && NodeUrl.same(this, node);
    }

    @Override
    public int hashCode() {
        return NodeUrl.hash(this);
    }

    @Override
    public String toString() {
        return url();
    }
}
