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

/** Explicit operations on placeholders and on futures of the JDK. */
@Component
public final class TransparentFutures implements Futures {

    private static final String CALL = "call: pass the call that is to be made, as in () -> stub.count()";

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
        outcomes.look();
        return outcomeOf(future).filter(outcome -> outcome.now().isEmpty()).isPresent();
    }

    /** Of a placeholder or a future of the JDK; empty for what is there already. */
    private Optional<PendingOutcome> outcomeOf(Object future) {
        return placeholders.outcome(future).or(() -> outcomes.explicit(future));
    }

    @Override
    public boolean allAwaited(Collection<?> futures) {
        return given(futures).stream().allMatch(this::isAwaited);
    }

    @Override
    public boolean isNull(Object future) {
        Optional<PendingOutcome> outcome = outcomeOf(future);
        return outcome.isPresent() ? valueOf(outcome.get()) == null : future == null;
    }

    @Override
    public void waitFor(Object future) {
        outcomeOf(future).ifPresent(PendingOutcome::await);
    }

    @Override
    public void waitFor(Object future, Duration limit) throws TimeoutException {
        outcomes.look();
        await(outcomeOf(future), given(limit));
    }

    private static void await(Optional<PendingOutcome> outcome, Duration limit) throws TimeoutException {
        if (outcome.isPresent() && outcome.get().await(limit).isEmpty()) {
            throw new TimeoutException(outcome.get().call() + ": no result after " + limit.toMillis() + " ms");
        }
    }

    @Override
    public void waitForAll(Collection<?> futures) {
        given(futures).forEach(this::waitFor);
    }

    @Override
    public void waitForAll(Collection<?> futures, Duration limit) throws TimeoutException {
        Deadline deadline = new Deadline(time, given(limit));
        for (Object future : given(futures)) {
            waitFor(future, deadline.left());
        }
    }

    @Override
    public int waitForAny(Collection<?> futures) {
        return waitForAny(futures, Optional.empty()).orElseThrow();
    }

    @Override
    public int waitForAny(Collection<?> futures, Duration limit) throws TimeoutException {
        return waitForAny(futures, Optional.of(given(limit)))
                .orElseThrow(() -> new TimeoutException(
                        "none of " + futures.size() + " results is there after " + limit.toMillis() + " ms"));
    }

    private Optional<Integer> waitForAny(Collection<?> futures, Optional<Duration> limit) {
        if (given(futures).isEmpty()) {
            throw new IllegalArgumentException("there is no future to wait for: the collection is empty");
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
        return futures.stream().flatMap(future -> outcomeOf(future).stream()).toList();
    }

    @Override
    public void waitForNth(List<?> futures, int position) {
        waitFor(nth(futures, position));
    }

    @Override
    public void waitForNth(List<?> futures, int position, Duration limit) throws TimeoutException {
        waitFor(nth(futures, position), limit);
    }

    private static Object nth(List<?> futures, int position) {
        int size = given(futures).size();
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException("there is no future at position " + position + " of a list of " + size
                    + (size == 0 ? "" : "; the first is at 0, the last at " + (size - 1)));
        }
        return futures.get(position);
    }

    private static Duration given(Duration limit) {
        return Objects.requireNonNull(limit, "limit: say how long to wait, or wait without a limit");
    }

    private static <C extends Collection<?>> C given(C futures) {
        return Objects.requireNonNull(futures, "futures: pass a collection, which may contain values that are there");
    }

    @Override
    @SuppressWarnings("unchecked") // a placeholder of a T stands for a T
    public <T> T value(T future) {
        Optional<PendingOutcome> outcome = placeholders.outcome(future);
        return outcome.isPresent() ? (T) valueOf(outcome.get()) : future;
    }

    @Override
    public <T> T value(T future, Duration limit) throws TimeoutException {
        outcomes.look();
        await(placeholders.outcome(future), given(limit));
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
        Objects.requireNonNull(action, "action: pass what is to be done when the future is known");
        outcomeOf(future)
                .ifPresentOrElse(
                        outcome -> outcomes.whenKnown(outcome, () -> action.accept(future)),
                        () -> outcomes.later(() -> action.accept(future)));
    }

    @Override
    @SuppressWarnings("unchecked") // what the call returns is a T
    public <T> CompletableFuture<T> async(Callable<T> call) {
        return (CompletableFuture<T>) outcomes.async(Objects.requireNonNull(call, CALL));
    }

    @Override
    @SuppressWarnings("unchecked") // the value is null
    public CompletableFuture<Void> async(Action call) {
        Objects.requireNonNull(call, CALL);
        return (CompletableFuture<Void>) outcomes.async(() -> {
            call.call();
            return null;
        });
    }
}
