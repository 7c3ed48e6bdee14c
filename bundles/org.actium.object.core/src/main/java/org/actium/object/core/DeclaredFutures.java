package org.actium.object.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.spi.CallRule;

/** Methods whose result type is a future of the JDK: the future itself does not travel, its value does. */
final class DeclaredFutures {

    private DeclaredFutures() {}

    /** For the caller. Completed by the thread that brings the outcome; cancelling it does not reach the object. */
    static CompletableFuture<Object> of(PendingOutcome pending) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        pending.whenKnown(outcome -> {
            switch (outcome) {
                case Outcome.Value(Object value) -> future.complete(value);
                case Outcome.Failure(Throwable cause) -> future.completeExceptionally(cause);
            }
        });
        return future;
    }

    /** Whether a method of this signature declares its result as such a future, and this is one. */
    static boolean isOne(Object result, String signature) {
        return (result instanceof Future || result instanceof CompletionStage)
                && CallRule.FUTURES.stream().anyMatch(type -> signature.endsWith(")L" + type.replace('.', '/') + ";"));
    }

    /** For the body that served the call: passes on what becomes of the future, on the thread that completes it. */
    static void whenDone(Object future, Consumer<Runnable> threads, Consumer<Outcome> action) {
        switch (future) {
            case CompletionStage<?> stage ->
                stage.whenComplete((value, failure) -> action.accept(
                        failure == null ? new Outcome.Value(value) : new Outcome.Failure(cause(failure))));
            case Future<?> plain -> threads.accept(() -> action.accept(await(plain)));
            default -> throw new IllegalArgumentException(future + " is no future");
        }
    }

    private static Outcome await(Future<?> future) {
        try {
            return new Outcome.Value(future.get());
        } catch (ExecutionException failed) {
            return new Outcome.Failure(cause(failed));
        } catch (InterruptedException | CancellationException given) {
            return new Outcome.Failure(given);
        }
    }

    private static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
    }
}
