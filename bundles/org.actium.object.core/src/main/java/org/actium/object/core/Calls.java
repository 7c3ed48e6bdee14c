package org.actium.object.core;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallFailure;
import org.actium.object.api.CallTimeoutException;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.FailureListener;
import org.actium.object.api.Termination;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.CallRule;
import org.actium.object.spi.SenderId;
import org.actium.object.spi.StubMethod;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests of calls and sends them: straight into the inbox of an object of this runtime, with copies of the
 * arguments, or over the wire.
 */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    static final String LOOKS = "look whether a result is there";

    private static final String CALLED_BACK = "be called back when a result is there";

    private final ObjectSpace space;
    private final Copies copies;
    private final UnaryOperator<Throwable> failureCopies;
    private final Wire wire;
    private final Waits waits;
    private final Threads threads;
    private final CallFuture.Ports futures;
    private final Brackets brackets;
    private final Returning toOne; // who looks at it once
    private final Returning toAll; // who hold the future
    private final AtomicLong threadNumbers = new AtomicLong();
    private final ThreadLocal<Sender> outside;
    private final RareValue<Duration> limits = new RareValue<>();
    private final RareValue<Capture> captures = new RareValue<>();

    Calls(ObjectSpace space, Copies copies, Wire wire, Brackets brackets, CallFuture.Ports ports) {
        this.space = space;
        this.copies = copies;
        this.failureCopies = copies::ofThrown;
        this.wire = wire;
        this.brackets = brackets;
        this.waits = ports.waits();
        this.threads = ports.threads();
        this.futures = ports;
        this.toOne = new Returning(ReplySlot::set);
        this.toAll = new Returning(space::settle);
        this.outside = ThreadLocal.withInitial(() -> new Sender.Outside(
                new Outbox(waits, space.orderingOutside()),
                space.interceptorsOutside(),
                new SenderId.OfThread(space.runtimeId(), threadNumbers.incrementAndGet())));
    }

    /**
     * A reply that is waited for.
     *
     * @param arrival called with the outcome, once; sets the slot now or when the value is known
     * @param awaited the caller does nothing else before it is there
     */
    record Reply(ReplySlot slot, Consumer<Outcome> arrival, boolean awaited) {

        /** Its caller goes on, or does not say. */
        Reply(ReplySlot slot, Consumer<Outcome> arrival) {
            this(slot, arrival, false);
        }
    }

    /** One-way, unless somebody wants to hear of a failure: then it is answered, but nobody waits for it here. */
    void send(Proxy callee, StubMethod method, Object[] arguments, List<FailureReports.OfHolder> ofStub) {
        Sender sender = caller();
        if (callee.isHere() && ofStub.isEmpty() && brackets.noneOpen()) {
            dispatchHere(sender, callee, method, arguments, null, null);
            return;
        }
        Optional<TryBracket> bracket = brackets.covering(List.of());
        Optional<BodyId> caller = sender.sender();
        List<FailureListener> listeners = FailureReports.OfHolder.of(caller, ofStub);
        if (bracket.isEmpty() && listeners.isEmpty()) {
            if (callee.isHere()) {
                dispatchHere(sender, callee, method, arguments, null, null);
            } else {
                dispatchAway(callee, method, arguments, Optional.empty());
            }
            return;
        }
        ReplySlot slot = sharedSlot(callee, method);
        if (!listeners.isEmpty()) {
            slot.whenKnown(outcome -> {
                if (outcome instanceof Outcome.Failure(Throwable cause)) {
                    FailureReports.tell(
                            listeners, new CallFailure(slot.call(), callee.ref().id(), caller, cause));
                }
            });
        }
        dispatch(callee, method, arguments, slot, toOne, false);
        bracket.ifPresent(covering -> covering.add(slot));
    }

    /** Waits for the result. @param limit the stub's own */
    Object call(Proxy callee, StubMethod method, Object[] arguments, Optional<Duration> limit) throws Throwable {
        Optional<Duration> counts = limits.get().or(() -> limit);
        if (counts.isPresent()) {
            requireUnrecoverable("limit how long it waits");
        } else {
            CallPolicy policy = caller().interceptors().calling(method);
            if (policy != CallPolicy.NONE) {
                requireUnrecoverable("call by a policy");
                return callBy(policy, callee, method, arguments);
            }
        }
        ReplySlot slot = slotOfOne(callee, method);
        if (counts.isEmpty()) {
            slot.refuseToWaitForOneself();
        }
        long number = dispatch(callee, method, arguments, slot, toOne, true);
        return awaited(slot, number, counts);
    }

    /** As often, and as long, as the policy says. */
    private Object callBy(CallPolicy policy, Proxy callee, StubMethod method, Object[] arguments) throws Throwable {
        Optional<Duration> limit = policy.limit();
        for (int attempts = 1; ; attempts++) {
            ReplySlot slot = slotOfOne(callee, method);
            if (limit.isEmpty()) {
                slot.refuseToWaitForOneself();
            }
            Attempt attempt = new Attempt(slot);
            try {
                long number = dispatch(callee, method, arguments, slot, new Returning(ReplySlot::set, attempt), true);
                attempt.sent();
                return awaited(slot, number, limit);
            } catch (ActiveObjectException failed) {
                Optional<Duration> pause = policy.again(attempts, failed, attempt.mayBeServed(failed));
                if (pause.isEmpty()) {
                    throw failed;
                }
                LOG.debug("attempt {} at {} failed, there will be another", attempts, slot.call(), failed);
                pause("another attempt at " + slot.call(), pause.get());
            }
        }
    }

    private void pause(String before, Duration length) {
        if (length.isPositive()) {
            ReplySlot.passedOn(before, Optional.empty(), waits, failureCopies).await(length);
        }
    }

    private ReplySlot slotOfOne(Proxy callee, StubMethod method) {
        return new ReplySlot(method, callee, Optional.of(callee.ref().id()), waits);
    }

    private Object awaited(ReplySlot slot, long number, Optional<Duration> limit) throws Throwable {
        Outcome outcome = limit.isEmpty()
                ? slot.await()
                : slot.await(limit.get()).orElseThrow(() -> tooLate(slot, number, limit.get()));
        return switch (outcome) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure -> throw slot.thrown(failure);
        };
    }

    private CallTimeoutException tooLate(ReplySlot slot, long number, Duration limit) {
        wire.giveUp(number);
        return new CallTimeoutException(slot.call() + ": no result within " + limit.toMillis()
                + " ms; it may have been served, or be served later");
    }

    /** Has synchronous calls made within wait no longer than the limit. */
    <T, X extends Throwable> T within(Duration limit, ScopedValue.CallableOp<? extends T, X> calls) throws X {
        return limits.where(positive(limit), calls);
    }

    static Duration positive(Duration limit) {
        Objects.requireNonNull(limit, "limit: say how long a call may take");
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a call cannot be limited to " + limit + ": the limit must be positive");
        }
        return limit;
    }

    /** Goes on with a placeholder for the result, or waits for it if there are none. */
    Object callLater(Proxy callee, StubMethod method, Class<?> result, Object[] arguments, Optional<Duration> limit)
            throws Throwable {
        Optional<Placeholders> placeholders = space.placeholders();
        if (placeholders.isEmpty() || placeholders.get().obstacle(result).isPresent()) {
            return call(callee, method, arguments, limit);
        }
        Optional<TryBracket> bracket = brackets.covering(method.exceptions());
        ReplySlot slot = sendForReply(callee, method, arguments);
        bracket.ifPresent(covering -> covering.add(slot));
        return placeholders.get().placeholder(result, slot);
    }

    /** Goes on at once if open brackets cover the exceptions of the method; else waits. */
    Object callUnlessBracketed(
            Proxy callee, StubMethod method, Class<?> result, Object[] arguments, Optional<Duration> limit)
            throws Throwable {
        Optional<TryBracket> bracket = brackets.covering(method.exceptions());
        if (bracket.isEmpty()) {
            return call(callee, method, arguments, limit);
        }
        if (result != void.class) {
            return callLater(callee, method, result, arguments, limit);
        }
        bracket.get().add(sendForReply(callee, method, arguments));
        return null;
    }

    /** Goes on with a future of the JDK. */
    CallFuture<Object> callExplicitly(Proxy callee, StubMethod method, Object[] arguments) {
        requireUnrecoverable("get a future of the JDK, as from " + method);
        return explicit(sendForReply(callee, method, arguments));
    }

    CallFuture<Object> explicit(ReplySlot slot) {
        return CallFuture.of(slot, futures);
    }

    /** The outcome behind a future of the JDK. */
    PendingOutcome outcomeOf(CompletionStage<?> stage) {
        if (stage instanceof CallFuture<?> future && future.slot().isPresent()) {
            return future.slot().get();
        }
        ReplySlot slot = ReplySlot.passedOn("a future of the application", Optional.empty(), waits, failureCopies);
        stage.whenComplete((value, failure) -> space.settle(
                slot, failure == null ? new Outcome.Value(value) : new Outcome.Failure(LateReplies.cause(failure))));
        return slot;
    }

    /** The outcome behind a future of the JDK, to be waited for here; empty for everything else. */
    Optional<PendingOutcome> explicit(Object candidate) {
        return candidate instanceof CompletableFuture<?> future
                ? Optional.of(new StageOutcome(future, waits))
                : Optional.empty();
    }

    /** Runs what this thread does for somebody else: its brackets and limits do not count for that. */
    void apart(Runnable task) {
        brackets.apart(() -> {
            if (limits.get().isEmpty() && captures.get().isEmpty()) {
                task.run();
                return;
            }
            limits.where(
                    null,
                    () -> captures.where(null, () -> {
                        task.run();
                        return null;
                    }));
        });
    }

    /** Opens a bracket on this thread. */
    TryBracket bracket(List<Class<?>> exceptions) {
        return brackets.open(exceptions, () -> requireUnrecoverable(LOOKS));
    }

    /** Makes the one call made within asynchronous. */
    CompletableFuture<?> async(Callable<?> call) {
        Capture capture = new Capture();
        Exception failed = captures.where(capture, () -> {
            try {
                call.call();
                return null;
            } catch (Exception thrown) {
                return thrown;
            }
        });
        if (failed instanceof RuntimeException why && (capture.wasRefused() || why instanceof IllegalStateException)) {
            throw why; // it could not be sent, or there were two of them
        }
        return capture.future()
                .filter(future -> failed == null)
                .orElseThrow(() -> new IllegalStateException(
                        "async takes the call of a method of an active object, and nothing else", failed));
    }

    /** The call that is to be made asynchronous is the first one made on this thread from here. */
    Optional<Capture> capture() {
        return captures.get().filter(Capture::isForThisThread);
    }

    /** @return what stands for the result meanwhile, and is of no use */
    Object captured(Capture capture, Proxy callee, StubMethod method, Object[] arguments) {
        Class<?> result = method.type().returnType();
        if (CallRule.FUTURES.contains(result.getName())) {
            throw new IllegalStateException("async is for calls that would wait: " + method + " returns a "
                    + result.getSimpleName() + " at once; call it without async");
        }
        capture.begin(method);
        capture.done(callExplicitly(callee, method, arguments));
        return result.isPrimitive() && result != void.class ? Array.get(Array.newInstance(result, 1), 0) : null;
    }

    private ReplySlot sendForReply(Proxy callee, StubMethod method, Object[] arguments) {
        ReplySlot slot = sharedSlot(callee, method);
        dispatch(callee, method, arguments, slot, toAll, false);
        return slot;
    }

    /** Runs the action when the outcome is known: in the body that calls, or on a thread of its own. */
    void whenKnown(PendingOutcome pending, Runnable action) {
        requireUnrecoverable(CALLED_BACK);
        Optional<Body> owner = owner();
        pending.whenKnown(outcome -> run(owner, new CallBack(pending.call(), action)));
    }

    void later(Runnable action) {
        requireUnrecoverable(CALLED_BACK);
        run(owner(), new CallBack("a value that was there", action));
    }

    /** Tells what it was for if it fails: whoever asked for it does not hear of that. */
    private record CallBack(String awaited, Runnable action) implements Runnable {
        @Override
        public void run() {
            try {
                action.run();
            } catch (RuntimeException | Error failed) {
                LOG.error(
                        "the call-back for {} threw, on {}; what it did before that stands",
                        awaited,
                        CurrentContext.get().map(ActiveContext::name).orElse("a thread of its own"),
                        failed);
            }
        }
    }

    /** Also for a thread that serves a request of it immediately. */
    private Optional<Body> owner() {
        return caller().sender().flatMap(space::body);
    }

    private void run(Optional<Body> owner, Runnable action) {
        if (owner.isEmpty()) {
            threads.run(action);
        } else if (!owner.get().order(Work.Rank.BEFORE_REQUESTS, action)) {
            LOG.debug("{} has ended: what it wanted to do with a future is not done", owner.get());
        }
    }

    void terminate(BodyRef ref, Termination when) {
        requireUnrecoverable("end others");
        refuseIfRecoverable(ref, "ended");
        Outbox own = caller().outbox();
        Outbox outbox = own.to(ref.id());
        outbox.next(ref.id());
        Runnable ordering = () -> {
            outbox.turnTo(ref.id());
            if (space.isHere(ref.home())) {
                space.end(ref.id(), when);
            } else {
                wire.terminate(ref, when, outbox);
            }
        };
        if (own.isHolding()) {
            own.departures(threads::run).add(null, ordering);
        } else {
            ordering.run();
        }
    }

    /** Overtakes what was sent before: it is not queued behind what it is to interrupt. */
    void interrupt(BodyRef ref) {
        requireUnrecoverable("interrupt others");
        refuseIfRecoverable(ref, "interrupted");
        if (space.isHere(ref.home())) {
            space.interrupt(ref.id());
        } else {
            wire.interrupt(ref);
        }
    }

    private static void refuseIfRecoverable(BodyRef ref, String what) {
        if (ref.isRecoverable()) {
            throw new IllegalStateException(
                    "active object " + ref.name() + " is recoverable; such objects are not " + what + " yet");
        }
    }

    boolean isAlive(BodyRef ref, Duration limit) {
        requireUnrecoverable("look whether others live");
        refuseIfRecoverable(ref, "pinged");
        return space.isHere(ref.home()) ? space.body(ref.id()).isPresent() : wire.isAlive(ref, limit);
    }

    /** Whether a body that called before may still live. @param home where it called from; empty for this runtime */
    boolean mayLive(BodyId caller, Optional<RuntimeAddress> home) {
        return home.isEmpty() ? space.body(caller).isPresent() : wire.mayLive(caller, home.get(), PATIENCE);
    }

    /** Blocks until everything the caller sent is in its queue. */
    void settle() {
        caller().outbox().settle();
    }

    /** @return whether one of them is known; if not, the limit has passed */
    boolean awaitAny(List<PendingOutcome> outcomes, Optional<Duration> limit) {
        requireUnrecoverable("wait for any of several results");
        AnyOf any = new AnyOf(outcomes);
        if (limit.isEmpty() && any.isLikeOne()) {
            outcomes.getFirst().await();
            return true;
        }
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

    private ReplySlot sharedSlot(Proxy callee, StubMethod method) {
        return ReplySlot.shared(method, callee, Optional.of(callee.ref().id()), waits, failureCopies);
    }

    /**
     * @return the number under which the wire expects the reply; 0 for a call within this runtime
     */
    private long dispatch(
            Proxy callee, StubMethod method, Object[] arguments, ReplySlot slot, Returning back, boolean awaited) {
        return callee.isHere()
                ? dispatchHere(caller(), callee, method, arguments, slot, back)
                : dispatchAway(callee, method, arguments, Optional.of(new Reply(slot, back.to(slot), awaited)));
    }

    /** @param slot {@code null}, as is {@code back}, for a one-way call */
    private long dispatchHere(
            Sender sender, Proxy callee, StubMethod method, Object[] arguments, ReplySlot slot, Returning back) {
        if (sender.copy() != null) {
            Optional<Reply> reply = Optional.ofNullable(slot).map(present -> new Reply(present, back.to(present)));
            space.deliveries().send(sender, callee.ref(), method, arguments, reply);
            return 0;
        }
        BodyId target = callee.ref().id();
        long sequence = sender.outbox().to(target).next(target);
        Object[] own = copies.of(arguments, callee.ref(), method);
        Request request = new Request(target, sender.sender(), sequence, method.signature(), own, back);
        request.awaitedAt(slot);
        request.unheardBy(space.failures());
        request.cameFromThread(sender.thread());
        Body body = callee.body(method);
        Interceptors interceptors = sender.interceptors();
        interceptors.departing(request);
        request.sentBy(sender, interceptors);
        Outbox outbox = sender.outbox();
        if (request.holds() == null && !outbox.isHolding()) {
            space.reception().receive(body, request);
            request.acknowledge();
            return 0;
        }
        outbox.departures(threads::run).add(request.holds(), leaving(request, () -> {
            outbox.to(target).turnTo(target);
            space.reception().receive(body, request);
            request.acknowledge();
        }));
        return 0;
    }

    /** What keeps it from being sent is its outcome. */
    private static Runnable leaving(Request request, Runnable sending) {
        return () -> {
            try {
                sending.run();
            } catch (ActiveObjectException notSent) {
                request.reply(new Outcome.Failure(notSent));
            }
        };
    }

    private long dispatchAway(Proxy callee, StubMethod method, Object[] arguments, Optional<Reply> reply) {
        BodyRef ref = callee.ref();
        Sender sender = caller();
        if (callee.isRecoverable() || sender.copy() != null) {
            sender.outbox().settle();
            space.deliveries().send(sender, ref, method, arguments, reply);
            return 0;
        }
        Outbox outbox = sender.outbox().to(ref.id());
        long sequence = outbox.next(ref.id());
        Request request = new Request(
                ref.id(),
                sender.sender(),
                sequence,
                method.signature(),
                arguments,
                reply.map(expected -> new Unsent(expected.arrival())).orElse(null));
        request.cameFromThread(sender.thread());
        Outbox own = sender.outbox();
        if (!own.isHolding()) {
            outbox.waitForWindow(); // now: a link that is lost meanwhile is not the one it is written for
        }
        Interceptors interceptors = sender.interceptors();
        interceptors.departing(request);
        request.sentBy(sender, interceptors);
        Optional<Reply> seen = reply.map(expected -> isSeen(interceptors, expected.arrival())
                ? new Reply(expected.slot(), new Intercepted(sender, request, expected.arrival()), expected.awaited())
                : expected);
        Wire.Departure departure = wire.prepare(ref, request, arguments, outbox, seen);
        if (request.holds() == null && !own.isHolding()) {
            return departure.leave();
        }
        request.unheardBy(space.failures());
        own.departures(threads::run).add(request.holds(), leaving(request, () -> {
            outbox.turnTo(ref.id());
            departure.leave();
        }));
        return departure.number();
    }

    /** Whether somebody looks at the reply as such, before its outcome arrives. */
    private static boolean isSeen(Interceptors interceptors, Consumer<Outcome> arrival) {
        return interceptors.seeAnswers() || arrival instanceof Attempt;
    }

    /** For a request to another runtime: takes what keeps it from leaving. */
    private record Unsent(Consumer<Outcome> arrival) implements WayBack {
        @Override
        public void answer(Request request, Outcome outcome) {
            arrival.accept(outcome);
        }

        @Override
        public Runnable prepared(Request request, Outcome outcome) {
            return () -> arrival.accept(outcome);
        }
    }

    /** To the slot of the request, in this runtime, as a copy. */
    private final class Returning implements WayBack {
        private final BiConsumer<ReplySlot, Outcome> arrival;
        private final Attempt attempt; // null unless there may be another

        Returning(BiConsumer<ReplySlot, Outcome> arrival) {
            this(arrival, null);
        }

        /** For one call. */
        Returning(BiConsumer<ReplySlot, Outcome> arrival, Attempt attempt) {
            this.arrival = arrival;
            this.attempt = attempt;
        }

        Consumer<Outcome> to(ReplySlot slot) {
            return attempt == null ? outcome -> arrival.accept(slot, outcome) : attempt;
        }

        @Override
        public void answer(Request request, Outcome outcome) {
            arrive(request, copies.of(outcome, request.slot()));
        }

        @Override
        public Runnable prepared(Request request, Outcome outcome) {
            Outcome copy = copies.of(outcome, request.slot());
            return () -> arrive(request, copy);
        }

        private void arrive(Request request, Outcome copy) {
            Interceptors interceptors = request.sentBy();
            if (attempt != null || interceptors.seeAnswers()) {
                Intercepted.arrive(interceptors, request, to(request.slot()), copy);
            } else {
                arrival.accept(request.slot(), copy);
            }
        }
    }

    /** As {@link Sender#requireUnrecoverable}, of who calls on this thread. */
    void requireUnrecoverable(String what) {
        caller().requireUnrecoverable(what);
    }

    Optional<Body> bodyOfCaller() {
        return CurrentContext.get().orElse(null) instanceof Body body ? Optional.of(body) : Optional.empty();
    }

    /** The active object on whose behalf this thread calls; empty for one that serves none. */
    Optional<BodyId> callerId() {
        return caller().sender();
    }

    private Sender caller() {
        return CurrentContext.get().orElse(null) instanceof Sender sender ? sender : outside.get();
    }
}
