package org.actium.deployment.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A virtual node and what it is mapped to.
 *
 * @param timeout how long after activation its nodes may take to come
 * @param waitForTimeout whether it is ready only after the whole time-out
 * @param minimumNodes with fewer than expected but at least this many nodes at the time-out it is ready nevertheless
 * @param jvms names of the JVMs it is mapped to; may be empty if {@code currentJvm}
 * @param currentJvm whether it (also) gets a node in the runtime that deploys
 * @param technicalServices ids of the technical services of its nodes, in the order of application
 * @param servicesOn ids of the technical services of its nodes from one JVM definition, where they are others
 * @param capacity how many nodes it takes from node providers; greedy if absent
 * @param providers where it takes nodes from; from all node providers if empty
 * @param deployed id of the files to bring to its nodes
 * @param retrieved id of the files to fetch from its nodes
 */
public record VirtualNodeDefinition(
        String name,
        Cardinality cardinality,
        Duration timeout,
        boolean waitForTimeout,
        OptionalInt minimumNodes,
        List<String> jvms,
        boolean currentJvm,
        List<String> technicalServices,
        Map<String, List<String>> servicesOn,
        OptionalInt capacity,
        List<ProviderUse> providers,
        Optional<String> deployed,
        Optional<String> retrieved,
        SourcePosition at) {

    /** How long a virtual node waits where its descriptor does not say. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(70);

    public VirtualNodeDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cardinality, "cardinality");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(minimumNodes, "minimumNodes");
        jvms = List.copyOf(jvms);
        technicalServices = List.copyOf(technicalServices);
        servicesOn = Ordered.copyOf(servicesOn);
        Objects.requireNonNull(capacity, "capacity");
        providers = List.copyOf(providers);
        Objects.requireNonNull(deployed, "deployed");
        Objects.requireNonNull(retrieved, "retrieved");
        Objects.requireNonNull(at, "at");
    }

    /** One that is mapped to JVMs, and asks for nothing else. */
    public VirtualNodeDefinition(
            String name,
            Cardinality cardinality,
            Duration timeout,
            OptionalInt minimumNodes,
            List<String> jvms,
            boolean currentJvm,
            List<String> technicalServices,
            SourcePosition at) {
        this(
                name,
                cardinality,
                timeout,
                false,
                minimumNodes,
                jvms,
                currentJvm,
                technicalServices,
                Map.of(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                at);
    }

    /** Ids of the technical services of its nodes from this JVM definition, in the order of application. */
    public List<String> technicalServicesOn(String jvm) {
        return servicesOn.getOrDefault(jvm, technicalServices);
    }

    /** How many nodes it has and how they are handed out; {@code property} in descriptors. */
    public enum Cardinality {
        UNIQUE,
        UNIQUE_SINGLE_OBJECT,
        MULTIPLE,
        MULTIPLE_CYCLIC,
        /** Its nodes are those of a virtual node that another application registered. */
        LOOKUP
    }
}
