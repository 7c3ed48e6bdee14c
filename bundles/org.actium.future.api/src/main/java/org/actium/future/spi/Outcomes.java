package org.actium.future.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** What callers do with outcomes beyond waiting for one; offered by the bundle that makes the calls. */
@ProviderType
public interface Outcomes {

    /**
     * The outcome behind a {@link CompletableFuture}, whoever made it: when a wait for it has ended, the future is done.
     * Empty for everything else. For one wait, or one action; ask again for the next.
     */
    Optional<PendingOutcome> explicit(Object candidate);

    /**
     * Who calls is about to look whether an outcome is there, without waiting until it is.
     *
     * @throws IllegalStateException if it must not: as an active object that has to do the same again when it is recovered
     */
    void look();

    /**
     * Blocks until one of them is known, or the limit, if there is one, has passed.
     *
     * @return whether one is known
     */
    boolean awaitAny(List<PendingOutcome> outcomes, Optional<Duration> limit);

    /**
     * Runs the action once when the outcome is known, also if it is already: on the thread of service of the active
     * object that this thread serves, between two requests and before those that wait; if it serves none, on a thread of
     * its own. Never if that object ends before.
     */
    void whenKnown(PendingOutcome outcome, Runnable action);

    /** Runs the action as {@link #whenKnown} does, now that there is nothing to wait for. */
    void later(Runnable action);

    /**
     * Makes the one call of an active object that is made within asynchronous, whatever the rule of its method.
     *
     * @throws IllegalStateException if there is no call, or more than one
     */
    CompletableFuture<?> async(Callable<?> call);
}
