package org.actium.object.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.actium.codec.api.ClassScope;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.spi.Need;
import org.actium.remote.api.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to come from other runtimes: replies, acknowledgements, values of futures. When a link closes, everybody who
 * waits for something from it is told.
 *
 * <p>Any thread. A place must be held before the message leaves that it is for; whoever then finds the link closed gives
 * the place back with {@link #forget}, since a link that has closed fails what is held once only.
 */
final class Awaited {

    private static final Logger LOG = LoggerFactory.getLogger(Awaited.class);

    private final Waits waits;
    private final UnaryOperator<Throwable> copies;
    private final FailureReports failures;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Reply> replies = new ConcurrentHashMap<>();
    private final Map<Long, Acknowledgement> acknowledgements = new ConcurrentHashMap<>();
    private final Map<FutureKey, Value> values = new ConcurrentHashMap<>();
    private volatile String closed; // why nothing more comes from anywhere; null while something may

    /**
     * A reply that is on its way from that runtime; values in it are of classes that the scope finds.
     *
     * @param creates whether it is the answer to a creation
     */
    record Reply(long number, Link link, Calls.Reply to, ClassScope scope, boolean creates) {}

    /** The value of a future that is to come; values in it are of classes that the scope finds, once it is known. */
    record Value(ReplySlot slot, Supplier<ClassScope> scope) {}

    /** A request that is not yet in the queue of its target, or, without one, an order to it. */
    private record Acknowledgement(Link link, Outbox outbox, Optional<Request> request, String call)
            implements Outbox.UnderWay {

        @Override
        public void settled() {
            request.ifPresent(Request::acknowledged);
        }

        /** Room for the request, if it is known whose it is. */
        @Override
        public Need need() {
            return request.filter(sent -> link.isOpen() && sent.sender().isPresent())
                    .<Need>map(sent -> new Need.Room(
                            sent.target(), link.peer(), sent.sender().get(), sent.sequence()))
                    .orElse(Need.NONE);
        }
    }

    /** A future as its sender numbers it. */
    private record FutureKey(Link link, long number) {}

    /** @param copies of failures, for those who throw them */
    Awaited(Waits waits, UnaryOperator<Throwable> copies, FailureReports failures) {
        this.copies = copies;
        this.failures = failures;
        this.waits = waits;
    }

    /** A number for a message or a future that leaves; never the same twice. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** As they are announced in a message that takes them along. */
    List<Frames.Future> announced(List<PendingOutcome> futures) {
        List<Frames.Future> announced = new ArrayList<>(futures.size());
        for (PendingOutcome future : futures) {
            announced.add(new Frames.Future(
                    nextNumber(), ReplySlot.idOf(future), future.call(), ReplySlot.producerOf(future)));
        }
        return announced;
    }

    /** A request is about to leave that the queue of its target will acknowledge. @param call for messages */
    void acknowledgement(long number, Link from, Outbox outbox, Request request, String call) {
        acknowledgement(number, new Acknowledgement(from, outbox, Optional.of(request), call));
    }

    /** An order is about to leave that its target will acknowledge when it counts. @param what for messages */
    void acknowledgement(long number, Link from, Outbox outbox, String what) {
        acknowledgement(number, new Acknowledgement(from, outbox, Optional.empty(), what));
    }

    private void acknowledgement(long number, Acknowledgement expected) {
        expected.outbox().sent(expected); // first: from then on it may be lost with its link
        acknowledgements.put(number, expected);
        if (closed != null) {
            failed(number, unknown(expected.call(), closed)); // it may have been closed before this was here
        }
    }

    void acknowledged(long number) {
        Acknowledgement expected = acknowledgements.remove(number);
        if (expected != null) {
            expected.outbox().acknowledged(expected);
        }
    }

    /** The request of that number did not get there, or nobody knows: whoever waits for it is told. */
    void failed(long number, ActiveObjectException why) {
        Acknowledgement expected = acknowledgements.remove(number);
        takeReply(number).map(Reply::to).ifPresent(reply -> tell(reply.slot(), reply.arrival(), why));
        if (expected != null) {
            expected.request()
                    .filter(Request::oneWay)
                    .ifPresent(request ->
                            failures.report(request.sender().orElse(request.target()), request, expected.call(), why));
            expected.outbox().acknowledged(expected);
        }
    }

    void reply(long number, Link from, Calls.Reply to, ClassScope scope) {
        reply(new Reply(number, from, to, scope, false));
    }

    /** As {@link #reply}, to an order to create an object. */
    void creation(long number, Link from, Calls.Reply to, ClassScope scope) {
        reply(new Reply(number, from, to, scope, true));
    }

    private void reply(Reply expected) {
        expected.to().slot().comesAs(expected);
        replies.put(expected.number(), expected);
        if (closed != null) {
            failed(expected.number(), unknown(expected.to().slot().call(), closed)); // as above
        }
    }

    /** The reply of that number, which has come; empty if nobody waits for it any more. */
    Optional<Reply> takeReply(long number) {
        return Optional.ofNullable(replies.remove(number));
    }

    /** The message of that number did not leave: nothing comes back. */
    void forget(long number) {
        replies.remove(number);
        acknowledged(number);
    }

    /** Holds a place for the value of a future that the other side announced. */
    ReplySlot value(Frames.Future announced, Link from, Supplier<ClassScope> scope) {
        ReplySlot slot = ReplySlot.passedOn(announced.call(), announced.producer(), announced.id(), waits, copies);
        FutureKey key = new FutureKey(from, announced.number());
        slot.comesAs(key);
        values.put(key, new Value(slot, scope));
        if (closed != null) {
            fail(key, closed); // as above
        }
        return slot;
    }

    /** The value of that number, which has come; empty if it has been given up. */
    Optional<Value> takeValue(long number, Link from) {
        return Optional.ofNullable(values.remove(new FutureKey(from, number)));
    }

    /** Nothing more comes over that link: everybody who waits for something from it is told. */
    void lost(Link link, String reason) {
        fail(candidate -> candidate == link, "the link to " + link.peer() + " was lost (" + reason + ")");
    }

    /** Nothing more comes from anywhere. */
    void lostAll(String why) {
        closed = why;
        fail(link -> true, why);
    }

    private void fail(Predicate<Link> gone, String why) {
        replies.forEach((number, reply) -> {
            if (gone.test(reply.link())) {
                failed(number, unknown(reply.to().slot().call(), why));
            }
        });
        acknowledgements.forEach((number, expected) -> {
            if (gone.test(expected.link())) {
                failed(number, unknown(expected.call(), why));
            }
        });
        // in order of number, not of hash: the same on every run
        values.keySet().stream()
                .filter(key -> gone.test(key.link()))
                .sorted(Comparator.comparingLong(FutureKey::number))
                .forEach(key -> fail(key, why));
    }

    private void fail(FutureKey key, String why) {
        takeValue(key.number(), key.link())
                .ifPresent(value -> tell(
                        value.slot(), value.slot()::set, unknown(value.slot().call(), why)));
    }

    // ---- what they need

    /** What an outcome needs that comes over a link; empty if it does not, or is being read. */
    Optional<Need> need(ReplySlot slot) {
        return switch (slot.arrival()) {
            case Reply reply when replies.get(reply.number()) == reply -> Optional.of(need(reply));
            case FutureKey key
            when values.containsKey(key) ->
                Optional.of(key.link().isOpen() ? new Need.Value(key.link().peer(), key.number()) : Need.NONE);
            case null, default -> Optional.empty();
        };
    }

    /** A request that is not in its queue may still be refused instead of served. */
    private Need need(Reply reply) {
        Acknowledgement request = acknowledgements.get(reply.number());
        if (request != null) {
            return request.need();
        }
        Link link = reply.link();
        if (!link.isOpen()) {
            return Need.NONE;
        }
        if (reply.creates()) {
            return new Need.Value(link.peer(), -reply.number());
        }
        ReplySlot slot = reply.to().slot();
        return slot.callee()
                .<Need>map(callee -> new Need.Reply(callee, link.peer(), slot.signature(), reply.number()))
                .orElse(Need.NONE);
    }

    /** Whether anything is to come over that link, and somebody is to be told if it does not. */
    boolean isAwaitedFrom(Link link) {
        return replies.values().stream().anyMatch(reply -> reply.link() == link)
                || acknowledgements.values().stream().anyMatch(expected -> expected.link() == link)
                || values.keySet().stream().anyMatch(key -> key.link() == link);
    }

    /** How much is awaited, of whatever kind. */
    int size() {
        return replies.size() + acknowledgements.size() + values.size();
    }

    /** One who cannot take the news does not keep the others from hearing it. */
    private static void tell(ReplySlot slot, Consumer<Outcome> arrival, ActiveObjectException why) {
        try {
            arrival.accept(new Outcome.Failure(why));
        } catch (RuntimeException | Error failed) {
            LOG.error("{}: whoever waits for {} failed at being told", why.getMessage(), slot.call(), failed);
        }
    }

    private static OutcomeUnknownException unknown(String call, String why) {
        return new OutcomeUnknownException(call + ": " + why);
    }
}
