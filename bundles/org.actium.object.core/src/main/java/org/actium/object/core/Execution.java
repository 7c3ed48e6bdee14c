package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.ServiceInterruptedException;

/** Carries requests out and answers them, on whatever thread a body serves them. */
final class Execution {

    private final LateReplies lateReplies;

    Execution(LateReplies lateReplies) {
        this.lateReplies = lateReplies;
    }

    Outcome outcomeOf(Body body, Object servant, Request request) {
        Outcome outcome;
        try {
            MethodHandle invoker = body.servantClass().invoker(request.signature());
            if (invoker == null) {
                throw new CallRefusedException(
                        body.name() + " of class " + body.type().getName() + " has no method " + request.signature());
            }
            Object[] arguments = request.arguments();
            body.interceptor().serving(request);
            outcome = new Outcome.Value((Object) invoker.invokeExact(servant, arguments));
        } catch (Throwable thrown) {
            outcome = new Outcome.Failure(thrown);
        }
        try {
            body.interceptor().served(request, outcome instanceof Outcome.Value);
            return outcome;
        } catch (RuntimeException | Error failed) {
            return new Outcome.Failure(failed);
        }
    }

    /** Sends the outcome when all that was sent before it is in its queues. */
    void conclude(Body body, Request request, Outcome outcome, Outbox sent) {
        if (request.oneWay()) {
            request.reply(outcome); // a failure, to those who listen
        } else {
            sent.settle();
            if (outcome instanceof Outcome.Value(Object value) && LateReplies.isDue(value, request.signature())) {
                lateReplies.answerWhenDone(body, request, value);
            } else {
                request.reply(outcome);
            }
        }
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
