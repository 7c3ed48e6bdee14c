package org.actium.runtime.api;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which runtime, and where it can be dialled.
 *
 * @param name what people call it, unique only by accident
 * @param endpoints in the order in which to try them; empty for a runtime that accepts no connection
 */
public record RuntimeAddress(RuntimeId id, String name, List<Endpoint> endpoints) implements Serializable {

    public RuntimeAddress {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        endpoints = List.copyOf(endpoints);
    }

    /** For example {@code worker-1 (4f2a90c1) at 127.0.0.1:40123}. */
    @Override
    public String toString() {
        return name + " (" + id + ")" + (endpoints.isEmpty() ? "" : " at " + endpoints.getFirst());
    }
}
