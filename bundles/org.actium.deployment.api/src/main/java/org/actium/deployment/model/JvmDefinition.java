package org.actium.deployment.model;

import java.util.Map;
import java.util.Objects;

/**
 * A set of runtimes: started by a process, or acquired through a service.
 *
 * @param runtimes how many times the process is started, at least 1; always 1 for an acquisition
 * @param nodes nodes asked of each runtime, at least 1
 * @param nodesOf nodes in each runtime for a virtual node of this name, where they are fewer or more
 * @param origin where the runtimes come from
 */
public record JvmDefinition(
        String name, int runtimes, int nodes, Map<String, Integer> nodesOf, Origin origin, SourcePosition at) {

    public JvmDefinition {
        Objects.requireNonNull(name, "name");
        if (runtimes < 1 || nodes < 1) {
            throw new IllegalArgumentException("jvm '" + name + "' asks for " + runtimes + " runtimes with " + nodes
                    + " nodes each; at least 1 and 1");
        }
        nodesOf = Ordered.copyOf(nodesOf);
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
    }

    /** One that gives the same to all virtual nodes. */
    public JvmDefinition(String name, int runtimes, int nodes, Origin origin, SourcePosition at) {
        this(name, runtimes, nodes, Map.of(), origin, at);
    }

    /** How many nodes each runtime has for a virtual node that is mapped to it. */
    public int nodesFor(String virtualNode) {
        return nodesOf.getOrDefault(virtualNode, nodes);
    }

    /** Where runtimes come from. */
    public sealed interface Origin {
        /** Key in {@link Descriptor#processes()} or {@link Descriptor#services()}. */
        String reference();
    }

    /** @param reference id of a process definition */
    public record Creation(String reference) implements Origin {}

    /** @param reference id of a service definition */
    public record Acquisition(String reference) implements Origin {}
}
