package org.actium.deployment.model;

import java.util.Objects;

/**
 * A virtual node that is published for other applications.
 *
 * @param name what others call it
 */
public record Registration(String virtualNode, String name, SourcePosition at) {

    public Registration {
        Objects.requireNonNull(virtualNode, "virtualNode");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(at, "at");
    }
}
