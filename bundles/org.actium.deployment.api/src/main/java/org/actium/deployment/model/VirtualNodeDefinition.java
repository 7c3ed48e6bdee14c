package org.actium.deployment.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A virtual node and what it is mapped to.
 *
 * @param timeout how long after activation its nodes may take to come
 * @param minimumNodes with fewer than expected but at least this many nodes at the time-out it is ready nevertheless
 * @param jvms names of the JVMs it is mapped to; may be empty if {@code currentJvm}
 * @param currentJvm whether it (also) gets a node in the runtime that deploys
 * @param technicalServices ids of the technical services of its nodes, in the order of application
 */
public record VirtualNodeDefinition(
        String name,
        Cardinality cardinality,
        Duration timeout,
        OptionalInt minimumNodes,
        List<String> jvms,
        boolean currentJvm,
        List<String> technicalServices,
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
        Objects.requireNonNull(at, "at");
    }

    /** How many nodes it has and how they are handed out; {@code property} in descriptors. */
    public enum Cardinality {
        UNIQUE,
        UNIQUE_SINGLE_OBJECT,
        MULTIPLE,
        MULTIPLE_CYCLIC
    }
}
