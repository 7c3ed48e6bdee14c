package org.actium.future.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.actium.future.api.FutureList;
import org.actium.future.api.Futures;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.Outcomes;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.runtime.spi.Time;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Explicit operations on placeholders. */
@Component
public final class TransparentFutures implements Futures {

    private final Placeholders placeholders;
    private final Outcomes outcomes;
    private final Time time;

    @Activate
    public TransparentFutures(
            @Reference Placeholders placeholders, @Reference Outcomes outcomes, @Reference Time time) {
        this.placeholders = Objects.requireNonNull(placeholders, "placeholders");
        this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public boolean isAwaited(Object future) {
        return placeholders
                .outcome(future)
                .filter(outcome -> outcome.now().isEmpty())
                .isPresent();
    }

    @Override
    public boolean allAwaited(Collection<?> futures) {
        return futures.stream().allMatch(this::isAwaited);
    }

    @Override
    public boolean isNull(Object future) {
        return value(future) == null;
    }

    @Override
    public void waitFor(Object future) {
        placeholders.outcome(future).ifPresent(PendingOutcome::await);
    }

    @Override
    public void waitFor(Object future, Duration limit) throws TimeoutException {
        Optional<PendingOutcome> outcome = placeholders.outcome(future);
        if (outcome.isPresent() && outcome.get().await(limit).isEmpty()) {
            throw new TimeoutException(outcome.get().call() + ": no result after " + limit.toMillis() + " ms");
        }
    }

    @Override
    public void waitForAll(Collection<?> futures) {
        futures.forEach(this::waitFor);
    }

    @Override
    public void waitForAll(Collection<?> futures, Duration limit) throws TimeoutException {
        Deadline deadline = new Deadline(time, limit);
        for (Object future : futures) {
            waitFor(future, deadline.left());
        }
    }

    @Override
    public int waitForAny(Collection<?> futures) {
        return waitForAny(futures, Optional.empty()).orElseThrow();
    }

    @Override
    public int waitForAny(Collection<?> futures, Duration limit) throws TimeoutException {
        return waitForAny(futures, Optional.of(limit))
                .orElseThrow(() -> new TimeoutException(
                        "none of " + futures.size() + " results is there after " + limit.toMillis() + " ms"));
    }

    private Optional<Integer> waitForAny(Collection<?> futures, Optional<Duration> limit) {
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("there is no future to wait for");
        }
        List<Object> all = new ArrayList<>(futures);
        Optional<Integer> there = firstThere(all);
        if (there.isPresent()) {
            return there;
        }
        outcomes.awaitAny(pendingOf(all), limit);
        return firstThere(all);
    }

    private Optional<Integer> firstThere(List<?> all) {
        for (int i = 0; i < all.size(); i++) {
            if (!isAwaited(all.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Blocks until another one of them is there, or the limit has passed. */
    void awaitAny(List<?> awaited, Optional<Duration> limit) {
        outcomes.awaitAny(pendingOf(awaited), limit);
    }

    private List<PendingOutcome> pendingOf(List<?> futures) {
        return futures.stream()
                .flatMap(future -> placeholders.outcome(future).stream())
                .toList();
    }

    @Override
    public void waitForNth(List<?> futures, int position) {
        waitFor(futures.get(position));
    }

    @Override
    public void waitForNth(List<?> futures, int position, Duration limit) throws TimeoutException {
        waitFor(futures.get(position), limit);
    }

    @Override
    @SuppressWarnings("unchecked") // a placeholder of a T stands for a T
    public <T> T value(T future) {
        Optional<PendingOutcome> outcome = placeholders.outcome(future);
        return outcome.isPresent() ? (T) valueOf(outcome.get()) : future;
    }

    @Override
    public <T> T value(T future, Duration limit) throws TimeoutException {
        waitFor(future, limit);
        return value(future);
    }

    private static Object valueOf(PendingOutcome pending) {
        return switch (pending.await()) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure ->
                throw TransparentFutures.<RuntimeException>unchanged(pending.thrown(failure));
        };
    }

    /** Lets a checked exception through that no method here declares, as a placeholder does. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Override
    public <T> FutureList<T> list() {
        return new WatchedFutures<>(this, time);
    }

    @Override
    public <T> void whenKnown(T future, Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        placeholders
                .outcome(future)
                .ifPresentOrElse(
                        outcome -> outcomes.whenKnown(outcome, () -> action.accept(future)),
                        () -> outcomes.later(() -> action.accept(future)));
    }

    @Override
    @SuppressWarnings("unchecked") // what the call returns is a T
    public <T> CompletableFuture<T> async(Callable<T> call) {
        return (CompletableFuture<T>) outcomes.async(call);
    }

    @Override
    @SuppressWarnings("unchecked") // the value is null
    public CompletableFuture<Void> async(Action call) {
        return (CompletableFuture<Void>) outcomes.async(() -> {
            call.call();
            return null;
        });
    }
}
