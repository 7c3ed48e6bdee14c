package org.actium.object.core;

import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.InboxFullException;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a request that arrives at a body of this runtime: it is refused by an interceptor, served at once,
 * put in the inbox, or waits for room there. Any thread.
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Waits waits;

    Reception(Waits waits) {
        this.waits = waits;
    }

    /**
     * From a sender in this runtime. Blocks while the inbox is full.
     *
     * @throws InboxFullException if senders are not to wait, or if the body itself is the sender
     */
    void receive(Body body, Request request) {
        if (!isForTheQueue(body, request)) {
            return;
        }
        BodySettings settings = body.settings();
        if (!body.inbox().admit(settings.inboxCapacity())) {
            if (settings.whenFull() == BodySettings.WhenFull.FAIL || body.isThreadOfService()) {
                throw full(body, request);
            }
            body.inbox()
                    .waitingRoom(settings.inboxCapacity())
                    .enter(request, "room for " + request.method() + " in the queue of " + body.name(), waits);
        }
        enqueue(body, request);
    }

    /**
     * From elsewhere. Never blocks: a full inbox takes the request too and withholds the acknowledgement, on which its
     * sender depends, until there is room.
     *
     * @param acknowledge says that the request is in the queue, or that it never will be
     */
    void receive(Body body, Request request, Runnable acknowledge) {
        if (!isForTheQueue(body, request)) {
            acknowledge.run();
            return;
        }
        BodySettings settings = body.settings();
        if (body.inbox().admit(settings.inboxCapacity())) {
            enqueue(body, request);
            acknowledge.run();
        } else if (settings.whenFull() == BodySettings.WhenFull.FAIL) {
            body.answer(request, new Outcome.Failure(full(body, request)));
            acknowledge.run();
        } else {
            body.inbox().admitInAnyCase();
            enqueue(body, request);
            body.inbox().waitingRoom(settings.inboxCapacity()).acknowledgeWhenThereIsRoom(request, acknowledge);
        }
    }

    private static InboxFullException full(Body body, Request request) {
        return new InboxFullException(body.name() + " has " + body.inbox().size()
                + " requests in its queue, which holds " + body.settings().inboxCapacity() + " on node "
                + body.node().name() + ": " + request.method() + " is not queued");
    }

    private static boolean isForTheQueue(Body body, Request request) {
        return (body.interceptor() == MessageInterceptor.NONE || isAdmitted(body, request))
                && !isServedAtOnce(body, request);
    }

    private static boolean isAdmitted(Body body, Request request) {
        Verdict verdict;
        try {
            verdict = body.interceptor().arriving(request);
        } catch (RuntimeException failed) {
            verdict = new Verdict.Refuse("interceptor failed: " + failed);
        }
        return switch (verdict) {
            case Verdict.Deliver() -> true;
            case Verdict.Discard(String reason) -> {
                LOG.debug("{} discards {}: {}", body.name(), request.signature(), reason);
                yield false;
            }
            case Verdict.Refuse(String reason) -> {
                request.reply(new Outcome.Failure(
                        new CallRefusedException(body.name() + " refuses " + request.method() + ": " + reason)));
                yield false;
            }
        };
    }

    private static boolean isServedAtOnce(Body body, Request request) {
        ImmediateServices immediates = body.immediates();
        if (immediates == null || !immediates.takes(request) || !request.claim()) {
            return false;
        }
        immediates.serve(request);
        return true;
    }

    private static void enqueue(Body body, Request request) {
        if (!body.push(request)) {
            body.refuse(request);
        } else if (body.immediates() != null && !request.isBegun()) {
            isServedAtOnce(body, request); // its method may have been declared so since the look before the push
        }
    }
}
