package org.actium.future.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An outcome that becomes known once. Any thread may call any method.
 *
 * <p>An interrupt ends a wait with a {@link java.util.concurrent.CancellationException} and stays set. A wait that ends
 * without the outcome leaves nothing behind.
 */
@ProviderType
public interface PendingOutcome {

    /** The outcome, if it is known. Never blocks. */
    Optional<Outcome> now();

    /** Blocks until it is known. */
    Outcome await();

    /** Blocks until it is known, or the limit has passed; empty in the second case. */
    Optional<Outcome> await(Duration limit);

    /**
     * Calls back once when it is known: at once, on this thread, if it is already; else on the thread that makes it known,
     * which the action must not block.
     */
    void whenKnown(Consumer<Outcome> action);

    /**
     * Calls back once, like {@link #whenKnown}, but before anybody else can see the outcome: for those who copy it, since
     * whoever sees it may change it.
     */
    void beforeKnown(Consumer<Outcome> action);

    /** Takes an action back that has not been called yet; does nothing if it has, or was never given. */
    void forget(Consumer<Outcome> action);

    /** What to throw where the result is used: see {@link Outcome.Failure#atCaller}. The failure counts as seen. */
    Throwable thrown(Outcome.Failure failure);

    /** The call it comes from, for messages: {@code Counter.value on counter-3}. */
    String call();
}
