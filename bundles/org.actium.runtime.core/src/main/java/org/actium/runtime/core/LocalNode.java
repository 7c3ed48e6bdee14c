package org.actium.runtime.core;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeId;

/** A node of this runtime. */
final class LocalNode implements Node {

    private final RuntimeId runtime;
    private final String name;
    private final Optional<String> virtualNode;
    private final Supplier<Optional<Endpoint>> endpoint;
    private final Map<String, String> properties = new ConcurrentHashMap<>();

    LocalNode(RuntimeId runtime, String name, Optional<String> virtualNode, Supplier<Optional<Endpoint>> endpoint) {
        this.runtime = runtime;
        this.name = Objects.requireNonNull(name, "name");
        this.virtualNode = Objects.requireNonNull(virtualNode, "virtualNode");
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RuntimeId runtime() {
        return runtime;
    }

    @Override
    public String url() {
        return NodeUrl.of(endpoint.get(), name);
    }

    @Override
    public Optional<String> virtualNode() {
        return virtualNode;
    }

    @Override
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    @Override
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    @Override
    public void setProperty(String key, String value) {
        properties.put(key, value);
    }

    @Override
    public void removeProperty(String key) {
        properties.remove(key);
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
