package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the runtimes of node providers are started.
 *
 * @param installation directory of the installation on the hosts
 * @param java the command
 * @param jvmParameters options for the JVM, one argument each
 * @param ignored parts that had a meaning for the original and have none here, for the plan to show
 */
public record RuntimeConfiguration(
        Optional<HostPath> installation, Optional<HostPath> java, List<String> jvmParameters, List<String> ignored) {

    /** Nothing is said. */
    public static final RuntimeConfiguration NONE =
            new RuntimeConfiguration(Optional.empty(), Optional.empty(), List.of(), List.of());

    public RuntimeConfiguration {
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(java, "java");
        jvmParameters = List.copyOf(jvmParameters);
        ignored = List.copyOf(ignored);
    }
}
