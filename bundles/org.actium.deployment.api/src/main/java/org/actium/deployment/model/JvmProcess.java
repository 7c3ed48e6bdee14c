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
 * @param lowPriority whether it leaves the processors to others that want them
 */
public record JvmProcess(
        Optional<String> javaPath, List<String> jvmParameters, List<String> ignored, boolean lowPriority)
        implements DescriptorElement {

    /** What a command begins with to run at low priority, where there is a POSIX shell. */
    public static final List<String> LOW_PRIORITY = List.of("nice", "-n", "19");

    public JvmProcess {
        Objects.requireNonNull(javaPath, "javaPath");
        jvmParameters = List.copyOf(jvmParameters);
        ignored = List.copyOf(ignored);
    }

    /** One of normal priority. */
    public JvmProcess(Optional<String> javaPath, List<String> jvmParameters, List<String> ignored) {
        this(javaPath, jvmParameters, ignored, false);
    }

    @Override
    public String elementName() {
        return "jvmProcess";
    }
}
