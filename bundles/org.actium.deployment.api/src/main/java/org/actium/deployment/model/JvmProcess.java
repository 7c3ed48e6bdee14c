package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The Java command that every launch ends in: {@code jvmProcess}.
 *
 * @param javaPath the {@code java} to start; the one that runs this runtime if empty
 * @param jvmParameters options for the JVM, one argument each
 * @param ignored parts that had a meaning for the original and have none here (class path, policy file …), for the
 * plan to show
 */
public record JvmProcess(Optional<String> javaPath, List<String> jvmParameters, List<String> ignored)
        implements DescriptorElement {

    public JvmProcess {
        Objects.requireNonNull(javaPath, "javaPath");
        jvmParameters = List.copyOf(jvmParameters);
        ignored = List.copyOf(ignored);
    }

    @Override
    public String elementName() {
        return "jvmProcess";
    }
}
