package org.actium.object.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Wait;

/**
 * A future of the JDK, to be waited for as other outcomes are. For one wait, or one action: when that is over, nothing of
 * it is left at the future, whether that is done or not.
 *
 * <p>Of a future that stands for a call the call is waited for, so that the wait can be seen to be part of a circle; when
 * the wait is over, the future itself is done.
 */
final class StageOutcome implements PendingOutcome, Awaitable {

    private final CompletableFuture<?> future;
    private final Waits waits;
    private final CompletableFuture<Void> over = new CompletableFuture<>(); // done when nobody wants to know any more

    StageOutcome(CompletableFuture<?> future, Waits waits) {
        this.future = Objects.requireNonNull(future, "future");
        this.waits = Objects.requireNonNull(waits, "waits");
    }

    /** That of the call it stands for, if it stands for one. */
    Optional<ReplySlot> slot() {
        return future instanceof CallFuture<?> call ? call.slot() : Optional.empty();
    }

    @Override
    public Optional<Outcome> now() {
        return switch (future.state()) {
            case RUNNING -> Optional.empty();
            case SUCCESS -> Optional.of(new Outcome.Value(future.resultNow()));
            case FAILED -> Optional.of(new Outcome.Failure(future.exceptionNow()));
            case CANCELLED -> Optional.of(new Outcome.Failure(new CancellationException(what() + " was cancelled")));
        };
    }

    @Override
    public Outcome await() {
        awaitDone(Optional.empty());
        return now().orElseThrow();
    }

    @Override
    public Optional<Outcome> await(Duration limit) {
        awaitDone(Optional.of(limit));
        return now();
    }

    /** @return whether it is done; if not, the limit has passed */
    boolean awaitDone(Optional<Duration> limit) {
        if (future.isDone()) {
            return true;
        }
        return future instanceof CallFuture<?> call && call.slot().isPresent()
                ? call.awaitCall(limit)
                : awaitStage(limit);
    }

    private boolean awaitStage(Optional<Duration> limit) {
        Thread waiting = Thread.currentThread();
        Consumer<Outcome> wake = outcome -> LockSupport.unpark(waiting);
        whenKnown(wake);
        try {
            if (limit.isPresent()) {
                return waits.await(this, limit.get());
            }
            waits.await(this);
            return true;
        } finally {
            forget(wake);
        }
    }

    /** Through {@code anyOf}, which alone of all that a future has can be taken back from it. */
    @Override
    public void whenKnown(Consumer<Outcome> action) {
        CompletableFuture.anyOf(future, over).whenComplete((value, failure) -> now().ifPresent(action));
    }

    @Override
    public void beforeKnown(Consumer<Outcome> action) {
        whenKnown(action); // nobody changes what is in a future that the application shares
    }

    @Override
    public void forget(Consumer<Outcome> action) {
        over.complete(null);
    }

    /** The very same for all who ask, as with any future of the JDK; that of a call it has made its own already. */
    @Override
    public Throwable thrown(Outcome.Failure failure) {
        return failure.cause();
    }

    @Override
    public String call() {
        return switch (future) {
            case CallFuture<?> ours -> ours.what();
            default -> "a future of the application";
        };
    }

    // ---- as something to wait for

    @Override
    public boolean isThere() {
        return future.isDone();
    }

    @Override
    public Wait.Kind kind() {
        return Wait.Kind.FUTURE;
    }

    @Override
    public List<BodyId> producers() {
        return slot().map(ReplySlot::producers).orElse(List.of());
    }

    @Override
    public String what() {
        return call();
    }
}
