package org.actium.object.core;

import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
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

    /** Told by whoever receives a request, without blocking it. */
    interface Receipt {

        /** The request is in the queue, or is answered instead. */
        void received();

        /** Sees that somebody takes out what has been put in the queue of an idle body. */
        void start(Body idle);

        /** Nobody waits for an answer to the request, and it is not queued: its sender is to be told. */
        void refused(InboxFullException why);
    }

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
        Inbox.Push pushed = body.inbox().push(request, settings.inboxCapacity());
        if (pushed == Inbox.Push.FULL) {
            if (settings.whenFull() == BodySettings.WhenFull.FAIL || body.isThreadOfService()) {
                throw full(body, request);
            }
            String what = "room for " + request.method() + " in the queue of " + body.name();
            WaitingRoom room = body.inbox().waitingRoom(settings.inboxCapacity());
            while (pushed == Inbox.Push.FULL) {
                pushed = room.enter(request, what, waits, () -> isImmediate(body, request));
                if (pushed == Inbox.Push.FULL && isServedAtOnce(body, request)) {
                    return; // its method was declared so meanwhile
                }
            }
        }
        pushed(body, request, pushed);
    }

    /**
     * From elsewhere. Never blocks: a full inbox takes the request too and withholds the acknowledgement, on which its
     * sender depends, until there is room.
     *
     * @param receipt told once what became of it
     */
    void receive(Body body, Request request, Receipt receipt) {
        if (!isForTheQueue(body, request)) {
            receipt.received();
            return;
        }
        BodySettings settings = body.settings();
        Inbox.Push pushed = body.inbox().push(request, settings.inboxCapacity());
        if (pushed == Inbox.Push.START) {
            receipt.start(body);
            pushed = Inbox.Push.QUEUED;
        }
        if (pushed != Inbox.Push.FULL) {
            pushed(body, request, pushed);
            receipt.received();
        } else if (settings.whenFull() == BodySettings.WhenFull.FAIL) {
            refuse(body, request, receipt);
        } else {
            pushed(body, request, body.inbox().push(request));
            body.inbox().waitingRoom(settings.inboxCapacity()).acknowledgeWhenThereIsRoom(request, receipt::received);
        }
    }

    private static void refuse(Body body, Request request, Receipt receipt) {
        InboxFullException why = full(body, request);
        if (request.oneWay()) {
            receipt.refused(why);
        } else {
            body.answer(request, request.refusal(why));
            receipt.received();
        }
    }

    private static InboxFullException full(Body body, Request request) {
        return new InboxFullException(body.name() + " has " + body.inbox().size()
                + " requests in its queue, which holds " + body.settings().inboxCapacity() + " on node "
                + body.node().name() + ": " + request.method() + " is not queued");
    }

    private static boolean isForTheQueue(Body body, Request request) {
        Interceptors interceptors = body.interceptors();
        return (!interceptors.seeArrivals() || isAdmitted(body, interceptors, request))
                && !isServedAtOnce(body, request);
    }

    private static boolean isAdmitted(Body body, Interceptors interceptors, Request request) {
        Verdict verdict;
        try {
            verdict = interceptors.arriving(request);
        } catch (RuntimeException | Error failed) { // a class may be missing; the link would end with it
            verdict = new Verdict.Refuse("interceptor failed: " + failed);
        }
        return switch (verdict) {
            case Verdict.Deliver() -> true;
            case Verdict.Discard(String reason) -> {
                LOG.debug("{} discards {}: {}", body.name(), request.signature(), reason);
                if (!request.oneWay()) {
                    request.reply(new Outcome.Failure(new OutcomeUnknownException(body.name() + " discards "
                            + request.method() + ", which may have been served before: " + reason)));
                } else {
                    request.dropped();
                }
                yield false;
            }
            case Verdict.Refuse(String reason) -> {
                request.reply(request.refusal(
                        new CallRefusedException(body.name() + " refuses " + request.method() + ": " + reason)));
                yield false;
            }
        };
    }

    private static boolean isServedAtOnce(Body body, Request request) {
        if (!isImmediate(body, request) || !request.claim()) {
            return false;
        }
        body.immediates().serve(request);
        return true;
    }

    private static boolean isImmediate(Body body, Request request) {
        ImmediateServices immediates = body.immediates();
        return immediates != null && immediates.takes(request);
    }

    private static void pushed(Body body, Request request, Inbox.Push pushed) {
        body.wake(pushed);
        if (pushed == Inbox.Push.CLOSED) {
            body.refuse(request);
        } else if (body.immediates() != null && !request.isClaimed()) {
            isServedAtOnce(body, request); // its method may have been declared so since the look before the push
        }
    }
}
