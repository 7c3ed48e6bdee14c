package org.actium.object.core;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.ServiceInterruptedException;

/** Carries requests out and answers them, on whatever thread a body serves them. */
final class Execution {

    private static final Outcome NOTHING = new Outcome.Value(null);

    private final LateReplies lateReplies;
    private final Brackets brackets;

    Execution(LateReplies lateReplies, Brackets brackets) {
        this.lateReplies = lateReplies;
        this.brackets = brackets;
    }

    /** Runs what an object does of its own accord; as with requests, no bracket outlives it. */
    void act(Object who, String what, Runnable action) {
        make(who, what, () -> {
            action.run();
            return null;
        });
    }

    /** As {@link #act}, for what has a result. */
    <T, X extends Throwable> T make(Object who, String what, ScopedValue.CallableOp<T, X> action) throws X {
        TryBracket mark = brackets.mark();
        Doing doing = new Doing(what, who);
        T made;
        try {
            made = action.call();
        } catch (Throwable thrown) {
            brackets.closeSince(mark, doing).ifPresent(thrown::addSuppressed);
            throw thrown;
        }
        brackets.closeSince(mark, doing).ifPresent(left -> {
            throw left;
        });
        return made;
    }

    /** For messages, put together only when needed. */
    private record Doing(String what, Object who) {
        @Override
        public String toString() {
            return what + " of " + who;
        }
    }

    Outcome outcomeOf(Body body, Object servant, Request request) {
        TryBracket mark = brackets.mark();
        Outcome outcome = served(body, servant, request);
        if (brackets.noneSince(mark)) {
            return outcome;
        }
        return brackets.closeSince(mark, new Doing(request.method(), body))
                .map(left -> withLeft(left, outcome))
                .orElse(outcome);
    }

    private static Outcome withLeft(IllegalStateException left, Outcome outcome) {
        if (outcome instanceof Outcome.Failure(Throwable cause)) {
            cause.addSuppressed(left);
            return outcome;
        }
        return new Outcome.Failure(left);
    }

    private Outcome served(Body body, Object servant, Request request) {
        Outcome outcome;
        Interceptors told = null;
        try {
            Invoker invoker = body.servantClass().invoker(request.signature());
            if (invoker == null) {
                throw new CallRefusedException(
                        body.name() + " of class " + body.type().getName() + " has no method " + request.signature());
            }
            Object[] arguments = request.arguments();
            told = body.interceptors().serving(request);
            Object result = invoker.call(servant, arguments);
            outcome = result == null ? NOTHING : new Outcome.Value(result);
        } catch (BodyTerminatedException ended) {
            outcome = new Outcome.Failure(body.isToEnd() ? halfWay(body, request, ended) : ended);
        } catch (Throwable thrown) {
            outcome = new Outcome.Failure(thrown);
        }
        if (told == null) {
            return outcome; // nobody heard that it begins, so nobody is told that it is over
        }
        try {
            told.served(request, outcome instanceof Outcome.Value, body.interceptors());
            return outcome;
        } catch (RuntimeException | Error failed) {
            return new Outcome.Failure(failed);
        }
    }

    /** What a request waits for in vain may not be taken for a request that was not served. */
    private static Throwable halfWay(Body body, Request request, BodyTerminatedException ended) {
        return new OutcomeUnknownException(
                body.name() + " was told to end while it served " + request.method()
                        + ", which waited for more requests",
                ended);
    }

    /** Sends the outcome when all that was sent before it is in its queues. */
    void conclude(Body body, Request request, Outcome outcome, Outbox sent) {
        if (request.oneWay()) {
            request.reply(outcome); // a failure, to those who listen
        } else {
            sent.settle();
            if (outcome instanceof Outcome.Value(Object value) && isPromised(body, request, value)) {
                lateReplies.answerWhenDone(body, request, value);
            } else {
                reply(body, request, outcome, sent);
            }
        }
    }

    /** Shows it to the interceptor of the body, and sends it behind what that holds back. */
    private static void reply(Body body, Request request, Outcome outcome, Outbox sent) {
        Interceptors interceptors = body.interceptors();
        if (!interceptors.seeReplies() && !sent.isHolding()) {
            request.reply(outcome);
            return;
        }
        Answer answer = request.answer(outcome);
        interceptors.replying(answer);
        if (answer.holds() == null && !sent.isHolding()) {
            request.reply(outcome);
            return;
        }
        Runnable leaving = request.prepared(outcome);
        sent.departures(body.space()::run).add(answer.holds(), () -> {
            sent.settleWhatHasLeft();
            leaving.run();
        });
    }

    private static boolean isPromised(Body body, Request request, Object value) {
        return (value instanceof Future || value instanceof CompletionStage)
                && body.servantClass().promises(request.signature());
    }

    /** What the caller of a request gets that was interrupted. */
    static Outcome afterInterrupt(String body, Request request, Outcome outcome) {
        return outcome instanceof Outcome.Failure(Throwable cause) && isInterruption(cause)
                ? new Outcome.Failure(new ServiceInterruptedException(
                        body + " was interrupted while it served " + request.method() + ": " + cause, cause))
                : outcome;
    }

    private static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof CancellationException
                    || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }
}
