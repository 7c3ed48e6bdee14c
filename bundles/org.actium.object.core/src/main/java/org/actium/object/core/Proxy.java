package org.actium.object.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.spi.CallHandler;
import org.actium.object.spi.CallRule;
import org.actium.object.spi.StubMethod;

/** What stubs of active objects delegate to: turns a call into a request, by the rule of its method. */
final class Proxy implements CallHandler {

    private static final Object NULL = new Object();

    private final BodyRef ref;
    private final ObjectSpace space;
    private final CallPlans plans;
    private final boolean here;
    private final boolean recoverable;
    private Body body; // found once; any thread may find it
    private volatile Own own;

    /**
     * What holds for one stub and not for others of the same object; in one place, because nearly all have nothing of it.
     *
     * @param limit of its synchronous calls
     * @param listeners told of one-way calls through this very stub that fail
     * @param memory of first results, by index of method; null if no method asks for it
     */
    private record Own(
            Optional<Duration> limit, List<FailureReports.OfHolder> listeners, AtomicReferenceArray<Object> memory) {

        private static final Own NOTHING = new Own(Optional.empty(), List.of(), null);

        static Own of(Optional<Duration> limit, AtomicReferenceArray<Object> memory) {
            return limit.isEmpty() && memory == null ? NOTHING : new Own(limit, List.of(), memory);
        }

        boolean isNothing() {
            return memory == null && limit.isEmpty() && listeners.isEmpty();
        }
    }

    Proxy(BodyRef ref, ObjectSpace space, CallPlans plans, Optional<Duration> limit) {
        this.ref = ref;
        this.space = space;
        this.plans = plans;
        this.own = Own.of(limit, plans.memory());
        this.here = space.isHere(ref.home());
        this.recoverable = ref.isRecoverable();
    }

    BodyRef ref() {
        return ref;
    }

    /** Whether its object lives in this runtime. */
    boolean isHere() {
        return here;
    }

    /** Whether its object may live in one runtime now and in another one later; then it is never {@link #isHere}. */
    boolean isRecoverable() {
        return recoverable;
    }

    /**
     * The body behind it, which lives in this runtime.
     *
     * @param called for the message
     * @throws BodyTerminatedException if it does not any more
     */
    Body body(StubMethod called) {
        Body known = body;
        if (known == null || known.inbox().isClosed()) {
            body = null;
            known = space.body(ref.id())
                    .orElseThrow(() -> space.obituaries().tooLate(ref.id(), ref.name(), called.name()));
            body = known;
        }
        return known;
    }

    /** A proxy of the same object whose synchronous calls wait no longer. */
    Proxy limitedTo(Duration shortest) {
        return new Proxy(ref, space, plans, Optional.of(shortest));
    }

    /** Whether it is the same for all who hold it: nothing was remembered or limited for one of them. */
    boolean isPlain() {
        return own.isNothing();
    }

    /** Told of one-way calls through this very stub that fail. */
    List<FailureReports.OfHolder> listeners() {
        return own.listeners();
    }

    /** Only {@link FailureReports} changes them. */
    void listeners(List<FailureReports.OfHolder> replacement) {
        Own before = own;
        own = new Own(before.limit(), replacement, before.memory());
    }

    @Override
    public Object call(StubMethod method, Object[] arguments) throws Throwable {
        CallPlan plan = plans.plan(method.index());
        Optional<Capture> capture = space.calls().capture();
        if (capture.isPresent() && !(plan.rule() instanceof CallRule.Identity)) {
            return space.calls().captured(capture.get(), this, method, arguments);
        }
        return plan.cached() ? remembered(method, plan, arguments) : call(method, plan, arguments);
    }

    private Object call(StubMethod method, CallPlan plan, Object[] arguments) throws Throwable {
        return switch (plan.rule()) {
            case CallRule.Identity() -> identity(method, arguments);
            case CallRule.OneWay() -> {
                space.calls().send(this, method, arguments, own.listeners());
                yield null;
            }
            case CallRule.Asynchronous() ->
                space.calls().callLater(this, method, plan.result(), arguments, own.limit());
            case CallRule.Bracketed _ ->
                space.calls().callUnlessBracketed(this, method, plan.result(), arguments, own.limit());
            case CallRule.Explicit() -> space.calls().callExplicitly(this, method, arguments);
            case CallRule.Synchronous _ -> space.calls().call(this, method, arguments, own.limit());
        };
    }

    /** Of two first calls at once, the one that is first with its result gives it to both. */
    private Object remembered(StubMethod method, CallPlan plan, Object[] arguments) throws Throwable {
        space.calls().requireUnrecoverable("call " + method.signature() + ", whose first result its stub remembers");
        AtomicReferenceArray<Object> memory = own.memory();
        Object known = memory.get(method.index());
        if (known != null && !hasFailed(known)) {
            return known == NULL ? null : known;
        }
        Object result = call(method, plan, arguments);
        Object before = memory.compareAndExchange(method.index(), known, result == null ? NULL : result);
        if (before == known || hasFailed(before)) {
            return result;
        }
        return before == NULL ? null : before;
    }

    private boolean hasFailed(Object result) {
        return result instanceof CompletableFuture<?> future
                ? future.isCompletedExceptionally()
                : space.pendingBehind(result)
                        .flatMap(pending -> pending.now())
                        .filter(Outcome.Failure.class::isInstance)
                        .isPresent();
    }

    private Object identity(StubMethod method, Object[] arguments) {
        if (method.type().parameterCount() == 0) {
            return ref.id().hashCode();
        }
        return space.proxyOf(space.known(arguments[0]))
                .map(other -> other.ref.id().equals(ref.id()))
                .orElse(false);
    }

    /** What people call its object. */
    @Override
    public String toString() {
        return ref.name();
    }
}
