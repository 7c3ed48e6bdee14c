package org.actium.object.core;

import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.object.spi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the outcome of a call of a body arrives whose interceptors want to see it first. */
final class Intercepted implements Consumer<Outcome> {

    private static final Logger LOG = LoggerFactory.getLogger(Intercepted.class);

    private final Sender sender;
    private final Request request;
    private final Consumer<Outcome> arrival;

    /**
     * @param sender whose interceptors are those that it has when the outcome arrives
     * @param arrival for what they let through
     */
    Intercepted(Sender sender, Request request, Consumer<Outcome> arrival) {
        this.sender = sender;
        this.request = request;
        this.arrival = arrival;
    }

    /** What the other side put on the reply, before the outcome arrives. */
    void carries(ReplyFlags flags) {
        request.answered(flags);
    }

    @Override
    public void accept(Outcome outcome) {
        arrive(sender.interceptors(), request, arrival, outcome);
    }

    static void arrive(Interceptors interceptors, Request request, Consumer<Outcome> arrival, Outcome outcome) {
        Verdict verdict;
        try {
            verdict = interceptors.answered(request.answer(outcome));
        } catch (RuntimeException | Error failed) {
            verdict = new Verdict.Refuse("interceptor failed: " + failed);
        }
        switch (verdict) {
            case Verdict.Deliver() -> {
                if (arrival instanceof Attempt attempt && request.isRefused()) {
                    attempt.refused();
                }
                arrival.accept(outcome);
            }
            case Verdict.Discard(String reason) ->
                LOG.debug("the reply to {} of {} is discarded: {}", request.method(), request.from(), reason);
            case Verdict.Refuse(String reason) ->
                arrival.accept(new Outcome.Failure(new CallRefusedException(
                        "the reply to " + request.method() + " is refused where it was called: " + reason)));
        }
    }
}
