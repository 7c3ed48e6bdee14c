package org.actium.object.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.Termination;
import org.actium.object.spi.StubMethod;

/**
 * Makes requests of calls and sends them: straight into the inbox of an object of this runtime, with copies of the
 * arguments, or over the wire.
 */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ObjectSpace space;
    private final Copies copies;
    private final Wire wire;
    private final Waits waits;
    private final ThreadLocal<Sender> outside;

    Calls(ObjectSpace space, Copies copies, Wire wire, Waits waits) {
        this.space = space;
        this.copies = copies;
        this.wire = wire;
        this.waits = waits;
        this.outside = ThreadLocal.withInitial(() -> new Sender.Outside(new Outbox(waits)));
    }

    /**
     * A reply that is waited for.
     *
     * @param arrival called with the outcome, once; sets the slot now or when the value is known
     */
    record Reply(ReplySlot slot, Consumer<Outcome> arrival) {}

    /** One-way. */
    void send(BodyRef ref, StubMethod method, Object[] arguments) {
        dispatch(ref, method, arguments, Optional.empty());
    }

    /** Waits for the result. */
    Object call(BodyRef ref, StubMethod method, Object[] arguments) throws Throwable {
        ReplySlot slot = slot(ref, method);
        slot.refuseToWaitForOneself();
        dispatch(ref, method, arguments, Optional.of(new Reply(slot, slot::set)));
        return switch (slot.await()) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure -> throw slot.thrown(failure);
        };
    }

    /** Goes on with a placeholder for the result, or waits for it if there are none. */
    Object callLater(BodyRef ref, StubMethod method, Class<?> result, Object[] arguments) throws Throwable {
        Optional<Placeholders> placeholders = space.placeholders();
        if (placeholders.isEmpty() || placeholders.get().obstacle(result).isPresent()) {
            return call(ref, method, arguments);
        }
        ReplySlot slot = slot(ref, method);
        dispatch(ref, method, arguments, Optional.of(new Reply(slot, outcome -> space.settle(slot, outcome))));
        return placeholders.get().placeholder(result, slot);
    }

    /** Goes on at once if open brackets cover the exceptions of the method, which so far none do; else waits. */
    Object callUnlessBracketed(BodyRef ref, StubMethod method, Class<?> result, Object[] arguments) throws Throwable {
        return call(ref, method, arguments);
    }

    /** Goes on with a future of the type that the method declares. */
    Object callExplicitly(BodyRef ref, StubMethod method, Object[] arguments) {
        ReplySlot slot = slot(ref, method);
        dispatch(ref, method, arguments, Optional.of(new Reply(slot, outcome -> space.settle(slot, outcome))));
        return DeclaredFutures.of(slot);
    }

    void terminate(BodyRef ref, Termination when) {
        caller().outbox().next(ref.id());
        if (space.isHere(ref.home())) {
            space.end(ref.id(), when);
        } else {
            wire.terminate(ref, when);
        }
    }

    /** Overtakes what was sent before: it is not queued behind what it is to interrupt. */
    void interrupt(BodyRef ref) {
        if (space.isHere(ref.home())) {
            space.interrupt(ref.id());
        } else {
            wire.interrupt(ref);
        }
    }

    boolean isAlive(BodyRef ref, Duration limit) {
        return space.isHere(ref.home()) ? space.body(ref.id()).isPresent() : wire.isAlive(ref, limit);
    }

    /** Whether a body that called before still lives. */
    boolean isAlive(BodyId caller) {
        return space.body(caller).isPresent() || wire.isAlive(caller, PATIENCE);
    }

    /** Blocks until everything the caller sent is in its queue. */
    void settle() {
        caller().outbox().settle();
    }

    /** @return whether one of them is known; if not, the limit has passed */
    boolean awaitAny(List<PendingOutcome> outcomes, Optional<Duration> limit) {
        AnyOf any = new AnyOf(outcomes);
        Thread waiting = Thread.currentThread();
        Consumer<Outcome> wake = outcome -> LockSupport.unpark(waiting);
        try {
            outcomes.forEach(outcome -> outcome.whenKnown(wake));
            if (limit.isPresent()) {
                return waits.await(any, limit.get());
            }
            waits.await(any);
            return true;
        } finally {
            outcomes.forEach(outcome -> outcome.forget(wake));
        }
    }

    private ReplySlot slot(BodyRef ref, StubMethod method) {
        return new ReplySlot(method, ref.name(), Optional.of(ref.id()), waits);
    }

    /** @param reply empty for a one-way call */
    private void dispatch(BodyRef ref, StubMethod method, Object[] arguments, Optional<Reply> reply) {
        Sender sender = caller();
        Outbox outbox = sender.outbox();
        long sequence = outbox.next(ref.id());
        boolean here = space.isHere(ref.home());
        Object[] own = here ? copies.of(arguments, method) : arguments;
        Consumer<Outcome> onReply = reply.map(Reply::arrival)
                .map(here ? this::withCopies : Function.identity())
                .orElse(null);
        Request request = new Request(ref.id(), sender.sender(), sequence, method.signature(), () -> own, onReply);
        sender.interceptor().departing(request);
        if (here) {
            deliver(request, ref);
        } else {
            wire.send(ref, request, own, outbox, reply);
        }
    }

    private Consumer<Outcome> withCopies(Consumer<Outcome> arrival) {
        return outcome -> arrival.accept(copies.of(outcome));
    }

    private void deliver(Request request, BodyRef ref) {
        Body body = space.body(ref.id())
                .orElseThrow(() -> space.obituaries().tooLate(ref.id(), ref.name(), request.method()));
        body.receive(request);
    }

    Optional<Body> bodyOfCaller() {
        return CurrentContext.get().filter(Body.class::isInstance).map(Body.class::cast);
    }

    private Sender caller() {
        return CurrentContext.get()
                .filter(Sender.class::isInstance)
                .map(Sender.class::cast)
                .orElseGet(outside::get);
    }
}
