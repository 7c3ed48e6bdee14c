package org.actium.deployment.spi;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Runtimes that a protocol started together. */
@ConsumerType
public interface Job extends AutoCloseable {

    /** For people: {@code process 4711}. */
    String description();

    /**
     * The same of one of its runtimes, for a job that knows more of each: {@code ssh to node7, process 4711}.
     *
     * @param runtime its name, one of those of the request
     */
    default String description(String runtime) {
        return description();
    }

    /**
     * Why the job ended by itself, with the last lines of its error output; empty while it runs or if it was closed.
     */
    Optional<String> failure();

    /** Calls back once if the job ends by itself; at once if it has. */
    void whenEnded(Consumer<String> action);

    /**
     * Calls back for each of several runtimes that ends by itself while others go on, with its name and the reason; at once
     * for those that have. A job of one runtime has nothing to say here.
     */
    default void whenRuntimeEnded(BiConsumer<String, String> action) {}

    /** Stops every runtime of the job and returns when none is left. Closing twice does nothing more. */
    @Override
    void close();
}
