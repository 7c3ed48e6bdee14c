package org.actium.deployment.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A descriptor, read and resolved: every reference in it leads somewhere. Keys of the maps are the names and ids of the
 * values, in the order of the document.
 *
 * @param source file name as the user gave it
 * @param dialect what it is written in, for people
 * @param variables the variables with the values they were resolved to
 * @param contract how they came to these values
 * @param infrastructure what there is to deploy on, if the descriptor says so itself
 * @param notes what means less or something else here than where it was written for; nothing of it is in the way
 * @param obstacles what it asks for and cannot be had whatever is installed; it can be read and planned, but not deployed
 */
public record Descriptor(
        String source,
        String dialect,
        Map<String, String> variables,
        List<Variable> contract,
        Map<String, VirtualNodeDefinition> virtualNodes,
        Map<String, JvmDefinition> jvms,
        Map<String, ElementDefinition> processes,
        Map<String, ElementDefinition> services,
        Map<String, TechnicalServiceDefinition> technicalServices,
        Map<String, NodeProvider> nodeProviders,
        Optional<Infrastructure> infrastructure,
        Application application,
        List<Problem> notes,
        List<Problem> obstacles) {

    public Descriptor {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(dialect, "dialect");
        variables = Ordered.copyOf(variables);
        contract = List.copyOf(contract);
        virtualNodes = Ordered.copyOf(virtualNodes);
        jvms = Ordered.copyOf(jvms);
        processes = Ordered.copyOf(processes);
        services = Ordered.copyOf(services);
        technicalServices = Ordered.copyOf(technicalServices);
        nodeProviders = Ordered.copyOf(nodeProviders);
        Objects.requireNonNull(infrastructure, "infrastructure");
        Objects.requireNonNull(application, "application");
        notes = List.copyOf(notes);
        obstacles = List.copyOf(obstacles);
    }

    /** One with virtual nodes, what they are mapped to, and nothing else. */
    public Descriptor(
            String source,
            Map<String, String> variables,
            Map<String, VirtualNodeDefinition> virtualNodes,
            Map<String, JvmDefinition> jvms,
            Map<String, ElementDefinition> processes,
            Map<String, ElementDefinition> services,
            Map<String, TechnicalServiceDefinition> technicalServices) {
        this(
                source,
                "a descriptor of Actium",
                variables,
                List.of(),
                virtualNodes,
                jvms,
                processes,
                services,
                technicalServices,
                Map.of(),
                Optional.empty(),
                Application.NONE,
                List.of(),
                List.of());
    }

    /**
     * The same with these virtual nodes only. A plan of it starts what they are mapped to and nothing else; what stands in
     * the way of the whole descriptor stands in the way of it, too.
     *
     * @throws IllegalArgumentException if there is no virtual node of one of these names; names those there are
     */
    public Descriptor only(String... names) {
        var some = new LinkedHashMap<>(virtualNodes);
        some.keySet().retainAll(List.of(names));
        for (String name : names) {
            if (!some.containsKey(name)) {
                throw new IllegalArgumentException(source + " has no virtual node '" + name + "'; it has "
                        + String.join(", ", virtualNodes.keySet()));
            }
        }
        if (some.isEmpty()) {
            throw new IllegalArgumentException(source + ": name at least one virtual node");
        }
        return new Descriptor(
                source,
                dialect,
                variables,
                contract,
                some,
                jvms,
                processes,
                services,
                technicalServices,
                nodeProviders,
                infrastructure,
                application,
                notes,
                obstacles);
    }

    public Optional<VirtualNodeDefinition> virtualNode(String name) {
        return Optional.ofNullable(virtualNodes.get(name));
    }
}
