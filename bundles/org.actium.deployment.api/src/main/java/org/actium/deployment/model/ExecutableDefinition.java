package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A command that is no Java, run on hosts.
 *
 * @param command program and arguments, one element each
 * @param path where the program is
 * @param mpi whether {@code mpirun} starts it, once for all hosts
 * @param providers node providers whose hosts it runs on; all if empty
 */
public record ExecutableDefinition(
        List<String> command,
        Optional<HostPath> path,
        Instances instances,
        boolean mpi,
        List<String> providers,
        SourcePosition at) {

    public ExecutableDefinition {
        command = List.copyOf(command);
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(instances, "instances");
        providers = List.copyOf(providers);
        Objects.requireNonNull(at, "at");
    }

    /** How often it runs. */
    public enum Instances {
        PER_HOST,
        PER_RUNTIME,
        PER_CAPACITY
    }
}
