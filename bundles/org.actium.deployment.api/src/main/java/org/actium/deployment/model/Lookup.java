package org.actium.deployment.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A virtual node that another application registered.
 *
 * @param host of the runtime that knows it; empty if the program says so later
 * @param port of that runtime; empty if the program says so later
 */
public record Lookup(String virtualNode, Optional<String> host, OptionalInt port, SourcePosition at) {

    /** Where the descriptor does not say. */
    public static final int DEFAULT_PORT = 1099;

    public Lookup {
        Objects.requireNonNull(virtualNode, "virtualNode");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(at, "at");
    }
}
