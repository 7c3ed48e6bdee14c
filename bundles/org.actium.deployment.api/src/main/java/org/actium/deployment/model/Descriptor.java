package org.actium.deployment.model;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A descriptor, read and resolved: every reference in it leads somewhere. Keys of the maps are the names and ids of the
 * values, in the order of the document.
 *
 * @param source file name as the user gave it
 * @param variables the variables with the values they were resolved to
 */
public record Descriptor(
        String source,
        Map<String, String> variables,
        Map<String, VirtualNodeDefinition> virtualNodes,
        Map<String, JvmDefinition> jvms,
        Map<String, ElementDefinition> processes,
        Map<String, ElementDefinition> services,
        Map<String, TechnicalServiceDefinition> technicalServices) {

    public Descriptor {
        Objects.requireNonNull(source, "source");
        variables = Ordered.copyOf(variables);
        virtualNodes = Ordered.copyOf(virtualNodes);
        jvms = Ordered.copyOf(jvms);
        processes = Ordered.copyOf(processes);
        services = Ordered.copyOf(services);
        technicalServices = Ordered.copyOf(technicalServices);
    }

    public Optional<VirtualNodeDefinition> virtualNode(String name) {
        return Optional.ofNullable(virtualNodes.get(name));
    }
}
