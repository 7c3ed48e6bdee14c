package org.actium.object.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.RecoverableBody;

/**
 * What makes a body a copy of a recoverable object. What it sends goes through its mailbox; what it waits for is named by
 * the number of the request, so that another copy can wait for the same.
 */
final class RecoverableCopy implements RecoverableBody {

    /** A state may have grown by one part of so many, and still finds room at once. */
    private static final int ROOM = 16;

    private final Deliveries deliveries;
    private final Map<Long, Expected> expected = new ConcurrentHashMap<>(); // replies that have not come
    private Body body; // set once, before anybody else sees this
    private volatile Mailbox mailbox; // null while the object is constructed
    private volatile int size; // of its state when that was saved last
    private volatile String stopped; // why; null while it is not

    private record Expected(ReplySlot slot, Consumer<Outcome> arrival, Class<?> type) {}

    /**
     * Where the outcome of a slot comes from.
     *
     * @param type of the stub that was called: what the reply names is looked up as that sees it
     */
    record Ticket(long request, Class<?> type) {}

    RecoverableCopy(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    void isOf(Body own) {
        body = own;
    }

    /** @param what it wants to do */
    IllegalStateException notCaptured(String what) {
        return new IllegalStateException("active object " + body.name() + " is recoverable and must not " + what
                + ": a copy that takes its place would not do the same");
    }

    // ---- what it sends

    void send(BodyRef target, byte[] content, Optional<Calls.Reply> reply) {
        Mailbox own = mailbox;
        if (own == null) {
            throw notCaptured("call others in its constructor");
        }
        if (stopped != null) {
            throw new BodyTerminatedException(stopped);
        }
        long number = own.send(target.id(), target.home(), reply.isEmpty(), content);
        if (reply.isPresent()) {
            expect(number, reply.get().slot(), reply.get().arrival(), target.type());
            await(number);
        }
    }

    /** The reply to that request is for this slot. */
    void expect(long request, ReplySlot slot, Consumer<Outcome> arrival, Class<?> type) {
        slot.comesAs(new Ticket(request, type));
        expected.put(request, new Expected(slot, arrival, type));
    }

    private void await(long request) {
        mailbox.whenAnswered(request, encoded -> {
            Expected awaited = expected.remove(request);
            if (awaited != null) {
                awaited.arrival().accept(deliveries.outcome(encoded, awaited.type(), awaited.slot()));
            }
        });
        if (stopped != null) {
            failWhatIsExpected(); // it may have been stopped before this was there
        }
    }

    @Override
    public void begin(Mailbox own) {
        mailbox = own;
        List.copyOf(expected.keySet()).stream().sorted().forEach(this::await);
    }

    @Override
    public void stop(String why) {
        stopped = why;
        failWhatIsExpected();
        body.endNow();
    }

    private void failWhatIsExpected() {
        expected.forEach((request, awaited) -> {
            if (expected.remove(request) != null) {
                awaited.arrival().accept(new Outcome.Failure(new BodyTerminatedException(stopped)));
            }
        });
    }

    // ---- what it serves, and is made from

    @Override
    public void serve(Delivered request, Consumer<byte[]> outcome) {
        deliveries.serve(body, request, outcome);
    }

    @Override
    public State state() {
        State saved = deliveries.state(body, size + size / ROOM);
        size = saved.bytes().length;
        return saved;
    }

    @Override
    public int capacity() {
        return body.settings().inboxCapacity();
    }
}
