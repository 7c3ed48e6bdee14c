package org.actium.future.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** An outcome that becomes known once. Any thread may call any method. */
@ProviderType
public interface PendingOutcome {

    /** The outcome, if it is known. Never blocks. */
    Optional<Outcome> now();

    /** Blocks until it is known. An interrupt ends the wait with a {@link java.util.concurrent.CancellationException}. */
    Outcome await();

    /** Blocks until it is known, or the limit has passed; empty in the second case. */
    Optional<Outcome> await(Duration limit);

    /** Calls back once when it is known: at once, on this thread, if it is already; else on the thread that makes it known, which the action must not block. */
    void whenKnown(Consumer<Outcome> action);

    /** The call it comes from, for messages: {@code Counter.value on counter-3}. */
    String call();
}
