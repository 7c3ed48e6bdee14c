package org.actium.deployment.model;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host is like, or each host of a group.
 *
 * @param capacity nodes on it, a multiple of {@code perRuntime}; one for each of its processors if absent
 * @param perRuntime nodes in each of its runtimes; absent with {@code capacity} only
 * @param tools paths of programs, by what they are called
 */
public record HostDefinition(
        String id,
        OperatingSystem system,
        Optional<String> user,
        OptionalInt capacity,
        OptionalInt perRuntime,
        Optional<HostPath> home,
        Map<String, String> tools,
        Optional<String> networkInterface,
        Optional<HostPath> scratch,
        SourcePosition at) {

    public HostDefinition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(capacity, "capacity");
        Objects.requireNonNull(perRuntime, "perRuntime");
        Objects.requireNonNull(home, "home");
        tools = Ordered.copyOf(tools);
        Objects.requireNonNull(networkInterface, "networkInterface");
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(at, "at");
    }

    /** A family of operating systems. */
    public enum OperatingSystem {
        UNIX,
        WINDOWS,
        CYGWIN
    }

    /**
     * Runtimes on each host; empty if it has one runtime with as many nodes as processors. Where the capacity is no
     * multiple of that of a runtime, it is itself the number of runtimes: so it was meant before 2009.
     */
    public OptionalInt runtimes() {
        if (capacity.isEmpty() || perRuntime.isEmpty()) {
            return OptionalInt.empty();
        }
        int nodes = capacity.getAsInt();
        int each = perRuntime.getAsInt();
        return OptionalInt.of(nodes % each == 0 ? nodes / each : nodes);
    }
}
