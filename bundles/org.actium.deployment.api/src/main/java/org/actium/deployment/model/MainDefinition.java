package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;

/**
 * A main class to run when its virtual nodes are ready.
 *
 * @param type name of the class
 */
public record MainDefinition(
        String id,
        String type,
        List<String> arguments,
        List<String> virtualNodes,
        List<String> classpath,
        SourcePosition at) {

    public MainDefinition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        arguments = List.copyOf(arguments);
        virtualNodes = List.copyOf(virtualNodes);
        classpath = List.copyOf(classpath);
        Objects.requireNonNull(at, "at");
    }
}
