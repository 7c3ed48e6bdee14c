package org.actium.object.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.future.spi.Outcome;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/**
 * A future of the JDK that waits and runs what depends on it through our ports, as do the futures derived from it. One
 * that stands for a call is completed, whoever does it, through the slot of the call.
 */
final class CallFuture<T> extends CompletableFuture<T> {

    private final ReplySlot slot; // null if it is derived from another one
    private final Ports ports;
    private Outcome given; // by whoever completed it by hand, if that came before the reply

    /** What these futures need. */
    record Ports(Threads threads, Time time, Waits waits) {}

    private CallFuture(ReplySlot slot, Ports ports) {
        this.slot = slot;
        this.ports = ports;
    }

    /** For the outcome of a call. The slot must belong to nobody else. */
    static CallFuture<Object> of(ReplySlot slot, Ports ports) {
        CallFuture<Object> future = new CallFuture<>(slot, ports);
        slot.whenKnown(outcome -> ports.threads().run(() -> future.finish(outcome))); // it may run code of the user
        return future;
    }

    /** The slot of the call, if it stands for one. */
    Optional<ReplySlot> slot() {
        return Optional.ofNullable(slot);
    }

    @SuppressWarnings("unchecked") // what the call returns is a T
    private void finish(Outcome outcome) {
        switch (outcome) {
            case Outcome.Value(Object value) -> super.complete((T) value);
            case Outcome.Failure failure -> super.completeExceptionally(thrown(failure));
        }
    }

    /** What somebody completed it with by hand stays the very same, as with any future of the JDK. */
    private Throwable thrown(Outcome.Failure failure) {
        if (failure != given) {
            return slot.thrown(failure);
        }
        slot.see();
        return failure.cause();
    }

    // ---- completed by somebody else

    @Override
    public boolean complete(T value) {
        return slot == null ? super.complete(value) : completeCall(new Outcome.Value(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return slot == null ? super.completeExceptionally(failure) : completeCall(new Outcome.Failure(failure));
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        if (slot == null) {
            return super.cancel(mayInterrupt);
        }
        return completeCall(new Outcome.Failure(new CancellationException(slot.call() + " was cancelled")))
                || isCancelled();
    }

    private boolean completeCall(Outcome outcome) {
        given = outcome; // before others see it there
        boolean first = slot.set(outcome);
        if (first) {
            finish(outcome);
        }
        return first;
    }

    // ---- ports

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(null, ports);
    }

    @Override
    public Executor defaultExecutor() {
        return ports.threads()::run;
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        Duration limit = Duration.of(timeout, unit.toChronoUnit());
        return unlessDoneAfter(limit, () -> completeExceptionally(late(limit)));
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return unlessDoneAfter(Duration.of(timeout, unit.toChronoUnit()), () -> complete(value));
    }

    private CompletableFuture<T> unlessDoneAfter(Duration limit, Runnable action) {
        if (!isDone()) {
            Registration timer = ports.time().after(limit, action);
            whenComplete((value, failure) -> timer.close());
        }
        return this;
    }

    private TimeoutException late(Duration limit) {
        return new TimeoutException(what() + ": no result after " + limit.toMillis() + " ms");
    }

    // ---- waiting

    @Override
    public T join() {
        await(Optional.empty());
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        awaitInterruptibly(Optional.empty());
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        Duration limit = Duration.of(timeout, unit.toChronoUnit());
        if (!awaitInterruptibly(Optional.of(limit))) {
            throw late(limit);
        }
        return super.get();
    }

    private boolean awaitInterruptibly(Optional<Duration> limit) throws InterruptedException {
        try {
            return await(limit);
        } catch (CancellationException interrupted) {
            if (Thread.interrupted()) {
                throw new InterruptedException(interrupted.getMessage());
            }
            throw interrupted;
        }
    }

    /** @return whether it is done; if not, the limit has passed */
    private boolean await(Optional<Duration> limit) {
        return new StageOutcome(this, ports.waits()).awaitDone(limit);
    }

    /** Of one that stands for a call. @return whether it is done; if not, the limit has passed */
    boolean awaitCall(Optional<Duration> limit) {
        Optional<Outcome> outcome = limit.isPresent() ? slot.await(limit.get()) : Optional.of(slot.await());
        outcome.ifPresent(this::finish); // rather than wait for the thread that will
        return outcome.isPresent();
    }

    /** For people: what it stands for and how far it is. Never blocks. */
    @Override
    public String toString() {
        String state = !isDone() ? "awaited" : isCompletedExceptionally() ? "failed" : "arrived";
        return slot == null ? what() + ": " + state : "future " + slot.id() + " of " + slot.name() + ": " + state;
    }

    /** For messages. */
    String what() {
        return slot == null ? "a future derived from others" : slot.call();
    }
}
