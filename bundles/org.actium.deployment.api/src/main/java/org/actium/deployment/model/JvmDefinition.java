package org.actium.deployment.model;

import java.util.Objects;

/**
 * A set of runtimes: started by a process, or acquired through a service.
 *
 * @param nodes nodes asked of each runtime, at least 1
 * @param origin where the runtimes come from
 */
public record JvmDefinition(String name, int nodes, Origin origin, SourcePosition at) {

    public JvmDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
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
