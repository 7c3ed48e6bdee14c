package org.actium.future.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.actium.future.api.Futures;
import org.actium.future.spi.Outcome;
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
    private final Time time;

    @Activate
    public TransparentFutures(@Reference Placeholders placeholders, @Reference Time time) {
        this.placeholders = placeholders;
        this.time = time;
    }

    @Override
    public boolean isAwaited(Object future) {
        return placeholders
                .outcome(future)
                .filter(outcome -> outcome.now().isEmpty())
                .isPresent();
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
        long start = time.nanos();
        for (Object future : futures) {
            Duration left = limit.minusNanos(time.nanos() - start);
            waitFor(future, left.isNegative() ? Duration.ZERO : left);
        }
    }

    @Override
    public int waitForAny(Collection<?> futures) {
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("there is no future to wait for");
        }
        List<Object> all = new ArrayList<>(futures);
        Thread waiting = Thread.currentThread();
        for (Object future : all) {
            placeholders.outcome(future).ifPresent(outcome -> outcome.whenKnown(known -> LockSupport.unpark(waiting)));
        }
        while (true) {
            for (int i = 0; i < all.size(); i++) {
                if (!isAwaited(all.get(i))) {
                    return i;
                }
            }
            LockSupport.park(this);
            if (waiting.isInterrupted()) {
                throw new CancellationException("interrupted while waiting for any of " + all.size() + " futures");
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a placeholder of a T stands for a T
    public <T> T value(T future) {
        Optional<PendingOutcome> outcome = placeholders.outcome(future);
        return outcome.isPresent() ? (T) valueOf(outcome.get()) : future;
    }

    private static Object valueOf(PendingOutcome pending) {
        return switch (pending.await()) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure ->
                throw TransparentFutures.<RuntimeException>unchanged(failure.atCaller(pending.call()));
        };
    }

    /** Lets a checked exception through that no method here declares, as a placeholder does. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
