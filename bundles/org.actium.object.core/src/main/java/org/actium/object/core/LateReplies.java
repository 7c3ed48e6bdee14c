package org.actium.object.core;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.future.spi.Outcome;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.runtime.api.RuntimeId;
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

    /**
     * Is kept until the reply has been handed over: as long as the call is without an answer, it counts as served.
     *
     * @param ofBody whether nobody but the body itself is known to complete the future
     * @param taken whether somebody answers it already
     * @param waiting the thread that waits for a future which tells nobody when it is done
     */
    private record Late(
            Body body, Request request, boolean ofBody, AtomicBoolean taken, AtomicReference<Thread> waiting) {
        /** @return whether it is for who calls this to answer it */
        boolean take() {
            return taken.compareAndSet(false, true);
        }

        /** Whoever calls this has taken it, so the thread, if there is one, has nothing more to do. */
        void stopWaiting() {
            Thread thread = waiting.get();
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    LateReplies(ObjectSpace space, Threads threads) {
        this.space = space;
        this.threads = threads;
    }

    /** Answers the request when the future that its method returned is completed, on the thread that completes it. */
    void answerWhenDone(Body body, Request request, Object future) {
        request.leaveToOthers();
        long number = numbers.incrementAndGet();
        boolean ofCall = future instanceof CallFuture<?> call && call.slot().isPresent();
        Late due = new Late(body, request, !ofCall, new AtomicBoolean(), new AtomicReference<>());
        late.put(number, due);
        switch (future) {
            case CompletionStage<?> stage ->
                stage.whenComplete((value, failure) -> answer(
                        number, failure == null ? new Outcome.Value(value) : new Outcome.Failure(cause(failure))));
            case Future<?> plain -> awaitApart(number, due, plain);
            default -> throw new IllegalArgumentException(future + " is no future");
        }
        if (space.body(body.id()).isEmpty()) {
            ended(body);
        }
    }

    private void answer(long number, Outcome outcome) {
        Late due = late.get(number);
        if (due != null && due.take()) {
            try {
                space.calls().settle();
                due.body().answer(due.request(), outcome);
            } finally {
                late.remove(number);
            }
        }
    }

    /** On a thread that ends when the future is done, or the body has ended. */
    private void awaitApart(long number, Late due, Future<?> future) {
        threads.start(due.request().method() + " of " + due.body(), () -> {
            due.waiting().set(Thread.currentThread());
            if (!due.taken().get()) { // else it was taken before there was a thread to interrupt
                answer(number, outcomeOf(future));
            }
        });
    }

    private static Outcome outcomeOf(Future<?> future) {
        try {
            return new Outcome.Value(future.get());
        } catch (ExecutionException failed) {
            return new Outcome.Failure(cause(failed));
        } catch (InterruptedException | RuntimeException given) {
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
            if (due.body() == body && due.ofBody() && due.take()) {
                due.stopWaiting();
                LOG.debug(
                        "{} ended and left the future that {} returned",
                        body,
                        due.request().method());
                body.answer(
                        due.request(),
                        new Outcome.Failure(
                                new OutcomeUnknownException(due.request().method() + " on " + body + " was served, but "
                                        + body + " ended before it completed the future it returned")));
                late.remove(number);
            }
        });
    }

    /** Whether the call that another runtime made under that number waits for a future that the body has returned. */
    boolean isAwaited(Body body, RuntimeId caller, long call) {
        return late.values().stream()
                .anyMatch(due -> due.body() == body && due.request().cameFrom(caller, call));
    }

    int size() {
        return late.size();
    }
}
