package org.actium.application.core;

import java.util.Map;
import java.util.Optional;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeId;

/** A node that is only talked about. */
record FakeNode(String url) implements Node {

    @Override
    public String name() {
        return url;
    }

    @Override
    public RuntimeId runtime() {
        return new RuntimeId(0, 0);
    }

    @Override
    public Optional<String> virtualNode() {
        return Optional.empty();
    }

    @Override
    public Optional<String> property(String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void setProperty(String key, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeProperty(String key) {
        throw new UnsupportedOperationException();
    }
}
