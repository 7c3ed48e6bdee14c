package org.actium.future.api;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Explicit operations on futures: on transparent ones, and on every {@link CompletableFuture}, whether it stands for a
 * call, is derived from one or belongs to the application. Whatever is no future counts as a value that is there already.
 *
 * <p>Interrupting a waiting thread ends the wait with a {@link java.util.concurrent.CancellationException} and leaves it
 * interrupted. Waiting does not throw what the call threw; using the value does. A wait that ends early leaves nothing
 * behind at the futures.
 */
@ProviderType
public interface Futures {

    /** Whether the value is still to come. Never blocks. */
    boolean isAwaited(Object future);

    /** Whether all of them are still to come. Never blocks. */
    boolean allAwaited(Collection<?> futures);

    /** Whether the value is there and is {@code null}. Blocks until it is there, and fails as the call failed. */
    boolean isNull(Object future);

    /** Blocks until the value, or a failure, is there. */
    void waitFor(Object future);

    /** @throws TimeoutException if neither value nor failure is there in time; the future stays awaited */
    void waitFor(Object future, Duration limit) throws TimeoutException;

    /** Blocks until none of them is awaited. */
    void waitForAll(Collection<?> futures);

    /** @throws TimeoutException if one is still awaited at the end */
    void waitForAll(Collection<?> futures, Duration limit) throws TimeoutException;

    /**
     * Blocks until one of them is there.
     *
     * @return its position in the order of iteration; the first one, if there are several
     * @throws IllegalArgumentException if there are none
     */
    int waitForAny(Collection<?> futures);

    /**
     * As {@link #waitForAny(Collection)}.
     *
     * @throws TimeoutException if all are still awaited at the end
     */
    int waitForAny(Collection<?> futures, Duration limit) throws TimeoutException;

    /** Blocks until the one at that position, from 0, is there. */
    void waitForNth(List<?> futures, int position);

    /** @throws TimeoutException if it is not there in time */
    void waitForNth(List<?> futures, int position, Duration limit) throws TimeoutException;

    /**
     * The value itself instead of its placeholder; blocks until it is there. A {@link CompletableFuture} stands for nothing
     * and is returned as it is, awaited or not.
     *
     * @throws RuntimeException what the call threw, if it failed
     */
    <T> T value(T future);

    /**
     * As {@link #value(Object)}.
     *
     * @throws TimeoutException if neither value nor failure is there in time; the future stays awaited
     */
    <T> T value(T future, Duration limit) throws TimeoutException;

    /** An empty list of futures to watch together. */
    <T> FutureList<T> list();

    /**
     * Runs the action once when the value, or a failure, is there, also if it is already. Asked for by an active object,
     * the action runs on its thread of service, between two requests and before those that wait, or never if it ends
     * before; asked for by anybody else, on a thread of its own.
     *
     * @param action gets the future, which is not awaited any more: using it throws what the call threw
     */
    <T> void whenKnown(T future, Consumer<? super T> action);

    /**
     * Makes a call asynchronous, whatever its result type: {@code async(() -> counter.count())}. What the call would
     * return is the value of the future; what is done with it within is lost, so make the call and nothing else.
     *
     * <p>The future waits, and runs what is asked of it, on threads of Actium, dependent ones included; cancelling or
     * completing it does not reach the active object. It fails with what the call threw, and may be an argument or a
     * result of other calls.
     *
     * @throws IllegalStateException if there is no call of an active object within, or more than one, or one of a method
     *     that returns a future of the JDK itself
     */
    <T> CompletableFuture<T> async(Callable<T> call);

    /** As {@link #async(Callable)}, for a method without result: the future is there when it has been served. */
    CompletableFuture<Void> async(Action call);

    /** A call of a method without result. */
    @FunctionalInterface
    interface Action {
        void call() throws Exception;
    }
}
