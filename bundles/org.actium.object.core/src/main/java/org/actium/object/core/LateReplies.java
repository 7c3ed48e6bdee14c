package org.actium.object.core;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.spi.CallRule;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that were served by methods which returned a future of the JDK: the future does not travel, its value is the
 * reply once it is there, while the body serves on. What the body has to complete itself fails when the body ends. Any
 * thread.
 */
final class LateReplies {

    private static final Logger LOG = LoggerFactory.getLogger(LateReplies.class);

    private final ObjectSpace space;
    private final Threads threads;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Late> late = new ConcurrentHashMap<>();

    /** @param ofBody whether nobody but the body itself is known to complete the future */
    private record Late(Body body, Request request, boolean ofBody) {}

    LateReplies(ObjectSpace space, Threads threads) {
        this.space = space;
        this.threads = threads;
    }

    /** Whether the method declares its result as a future of the JDK, and this is one. */
    static boolean isDue(Object result, String signature) {
        return (result instanceof Future || result instanceof CompletionStage)
                && CallRule.FUTURES.stream().anyMatch(type -> signature.endsWith(")L" + type.replace('.', '/') + ";"));
    }

    /** Answers the request when the future that its method returned is completed, on the thread that completes it. */
    void answerWhenDone(Body body, Request request, Object future) {
        long number = numbers.incrementAndGet();
        boolean ofCall = future instanceof CallFuture<?> call && call.slot().isPresent();
        late.put(number, new Late(body, request, !ofCall));
        whenDone(
                future,
                outcome -> take(number).ifPresent(due -> {
                    space.calls().settle();
                    due.body().answer(due.request(), outcome);
                }));
        if (space.body(body.id()).isEmpty()) {
            ended(body);
        }
    }

    private Optional<Late> take(long number) {
        return Optional.ofNullable(late.remove(number));
    }

    private void whenDone(Object future, Consumer<Outcome> action) {
        switch (future) {
            case CompletionStage<?> stage ->
                stage.whenComplete((value, failure) -> action.accept(
                        failure == null ? new Outcome.Value(value) : new Outcome.Failure(cause(failure))));
            case Future<?> plain -> threads.run(() -> action.accept(await(plain)));
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

    /** What a future of the JDK failed with, without what it wraps it in. */
    static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Nobody completes the futures of that body any more, except those that come from calls of others. */
    void ended(Body body) {
        late.forEach((number, due) -> {
            if (due.body() == body && due.ofBody() && late.remove(number) != null) {
                LOG.debug(
                        "{} ended and left the future that {} returned",
                        body,
                        due.request().method());
                body.answer(
                        due.request(),
                        new Outcome.Failure(
                                new OutcomeUnknownException(due.request().method() + " on " + body + " was served, but "
                                        + body + " ended before it completed the future it returned")));
            }
        });
    }

    /** Whether a call of that method still waits for a future that the body has returned. */
    boolean isAwaited(Body body, String signature) {
        return late.values().stream()
                .anyMatch(due -> due.body() == body && due.request().signature().equals(signature));
    }

    int size() {
        return late.size();
    }
}
