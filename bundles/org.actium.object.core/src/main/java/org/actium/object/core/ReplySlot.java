package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.object.spi.Need;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Wait;

/**
 * Where the outcome of one call arrives, once.
 *
 * <p>One word of state. Whoever sets the outcome takes those who wait for it with the same compare-and-set, so that
 * nobody can come too late; no lock is held while they are woken or called back. Those who copy the outcome are called
 * first, while all others still see it pending:
 *
 * <pre>
 *   stack of waiters, may be empty ──set──▶ Outcome
 *                  └──set, if some of them copy──▶ Settling ──all copied──▶ Outcome
 * </pre>
 */
final class ReplySlot implements PendingOutcome, Awaitable, Consumer<Outcome> {

    private static final VarHandle STATE;
    private static final VarHandle ID;
    private static final Object PASSED_ON = "";

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(ReplySlot.class, "state", Object.class);
            ID = lookup.findVarHandle(ReplySlot.class, "id", FutureId.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Object method;
    private final Object target;
    private final BodyId producer; // null if it is not known
    private final Waits waits;
    private final UnaryOperator<Throwable> copies; // null if what fails is thrown to one caller, once
    private volatile Object
            state; // an Outcome, a Settling, or the top of a stack of Waiter: null if it is empty, a Thread if it is
    // alone
    private volatile boolean seen;
    private volatile boolean leftToOthers;
    private volatile Object arrival; // null if it comes from this runtime
    private volatile FutureId id; // null until somebody asks

    /**
     * Somebody to tell: a Thread to unpark or a Consumer to call; {@code copies} if before all others. A {@link Source} is
     * not told anything.
     */
    private record Waiter(Object told, boolean copies, Waiter earlier) {}

    /** Where the outcome comes from, if not from the call; kept among the waiters, so that it takes no place before. */
    private record Source(PendingOutcome original) {}

    /** The outcome is being copied; those in the stack who copy have been or are being called. */
    private record Settling(Waiter waiters) {}

    /**
     * For one caller, who looks at the outcome once.
     *
     * @param method what was called and, with {@code target}, where: for messages, put together only when needed
     * @param target what its name is, or what says so when asked
     * @param producer the body that serves the call; empty if the outcome comes from elsewhere
     */
    ReplySlot(Object method, Object target, Optional<BodyId> producer, Waits waits) {
        this(method, target, producer, waits, null);
    }

    private ReplySlot(
            Object method, Object target, Optional<BodyId> producer, Waits waits, UnaryOperator<Throwable> copies) {
        this.method = Objects.requireNonNull(method, "method");
        this.target = Objects.requireNonNull(target, "target");
        this.producer = producer.orElse(null);
        this.waits = Objects.requireNonNull(waits, "waits");
        this.copies = copies;
    }

    /** For anybody who gets hold of the future of a call; each throws a copy of its own if the call fails. */
    static ReplySlot shared(
            Object method, Object target, Optional<BodyId> producer, Waits waits, UnaryOperator<Throwable> copies) {
        return new ReplySlot(method, target, producer, waits, Objects.requireNonNull(copies, "copies"));
    }

    /** As {@link #shared}, for an outcome that another holder passes on. Its producer may have produced it already. */
    static ReplySlot passedOn(String call, Optional<BodyId> producer, Waits waits, UnaryOperator<Throwable> copies) {
        return shared(call, PASSED_ON, producer, waits, copies);
    }

    /** As the other; it is the same future to all who hold it. */
    static ReplySlot passedOn(
            String call, Optional<BodyId> producer, FutureId id, Waits waits, UnaryOperator<Throwable> copies) {
        ReplySlot slot = passedOn(call, producer, waits, copies);
        slot.id = id;
        return slot;
    }

    /** Who produces the outcome, if that is known. */
    static Optional<BodyId> producerOf(PendingOutcome pending) {
        return behind(pending).flatMap(ReplySlot::producer);
    }

    /** That of a call, also if it is to come through a future of the JDK. */
    private static Optional<ReplySlot> behind(PendingOutcome pending) {
        return switch (pending) {
            case ReplySlot slot -> Optional.of(slot);
            case StageOutcome stage -> stage.slot();
            default -> Optional.empty();
        };
    }

    @Override
    public void hasten() {
        if (arrival instanceof Awaited.Reply reply) {
            reply.link().flush();
        }
    }

    @Override
    public void fetch() {
        if (arrival instanceof Awaited.Reply reply) {
            reply.link().readUntil(this, this::isThere);
        }
    }

    @Override
    public String call() {
        return target == PASSED_ON ? method.toString() : method + " on " + target;
    }

    /** For messages about its outcome. */
    static Object nameOf(PendingOutcome pending) {
        return pending instanceof ReplySlot slot ? slot.name() : pending.call();
    }

    /** Of a call, with the types of its parameters. */
    Object name() {
        return method instanceof StubMethod called
                ? new CallName(called.stubbed(), called.signature(), target)
                : call();
    }

    /** What was called of it; for messages. */
    String methodName() {
        return method instanceof StubMethod called ? called.name() : method.toString();
    }

    /** What was called; for messages. */
    String target() {
        return target.toString();
    }

    /** The same for all who hold the future. Most are never asked, so it is made when somebody asks first. */
    FutureId id() {
        FutureId known = id;
        if (known != null) {
            return known;
        }
        FutureId made = waits.nextFuture();
        FutureId other = (FutureId) ID.compareAndExchange(this, null, made);
        return other == null ? made : other;
    }

    /** That of the outcome, which all outcomes that leave this runtime have: they are slots. */
    static FutureId idOf(PendingOutcome pending) {
        return ((ReplySlot) pending).id();
    }

    /** The active object that produces it; empty if it is not known. */
    Optional<BodyId> producer() {
        return Optional.ofNullable(producer);
    }

    // ---- the outcome comes

    /** As {@link #set}. */
    @Override
    public void accept(Outcome outcome) {
        set(outcome);
    }

    /** Sets the outcome if none is set. @return whether this one was set */
    boolean set(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        while (true) {
            Object before = state;
            if (before instanceof Outcome || before instanceof Settling) {
                return false;
            }
            if (before == null || before instanceof Thread) { // so it is for most
                if (STATE.compareAndSet(this, before, outcome)) {
                    LockSupport.unpark((Thread) before);
                    return true;
                }
                continue;
            }
            Waiter waiters = (Waiter) before;
            boolean copied = isCopied(waiters);
            if (STATE.compareAndSet(this, before, copied ? new Settling(waiters) : outcome)) {
                Telling telling = new Telling(outcome);
                telling.tell(copied ? settle(telling) : oldestFirst(waiters, null), false);
                telling.throwWhatWasThrown();
                return true;
            }
        }
    }

    /** Has the outcome copied, also by those who come meanwhile, then lets it be seen. @return everybody there was */
    private List<Waiter> settle(Telling telling) {
        Waiter called = null;
        while (true) {
            Settling settling = (Settling) state;
            telling.tell(oldestFirst(settling.waiters(), called), true);
            called = settling.waiters();
            if (STATE.compareAndSet(this, settling, telling.outcome)) {
                return oldestFirst(called, null);
            }
        }
    }

    /** Those who wait, of a state without outcome. */
    private static Waiter stack(Object state) {
        return state instanceof Thread alone ? new Waiter(alone, false, null) : (Waiter) state;
    }

    private static boolean isCopied(Waiter waiters) {
        for (Waiter waiter = waiters; waiter != null; waiter = waiter.earlier) {
            if (waiter.copies) {
                return true;
            }
        }
        return false;
    }

    /** Those above one of the stack, or all of it. */
    private static List<Waiter> oldestFirst(Waiter top, Waiter above) {
        if (top == above) {
            return List.of();
        }
        if (top.earlier == above) {
            return List.of(top);
        }
        List<Waiter> youngestFirst = new ArrayList<>();
        for (Waiter waiter = top; waiter != above; waiter = waiter.earlier) {
            youngestFirst.add(waiter);
        }
        return youngestFirst.reversed();
    }

    /** One who cannot take the news does not keep the others from hearing it; what it threw comes out in the end. */
    private static final class Telling {
        private final Outcome outcome;
        private Throwable thrown;

        Telling(Outcome outcome) {
            this.outcome = outcome;
        }

        void tell(List<Waiter> waiters, boolean copying) {
            for (Waiter waiter : waiters) {
                if (waiter.copies == copying) {
                    try {
                        ReplySlot.tell(waiter.told, outcome);
                    } catch (RuntimeException | Error failed) {
                        thrown = failed;
                    }
                }
            }
        }

        void throwWhatWasThrown() {
            switch (thrown) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> {}
            }
        }
    }

    @SuppressWarnings("unchecked") // what is no thread is an action
    private static void tell(Object told, Outcome outcome) {
        switch (told) {
            case Thread thread -> LockSupport.unpark(thread);
            case Source _ -> {}
            default -> ((Consumer<Outcome>) told).accept(outcome);
        }
    }

    /** From here it is not up to the thread of service of the producer: another serves the call, or has the result. */
    void leaveToOthers() {
        leftToOthers = true;
    }

    boolean isLeftToOthers() {
        return leftToOthers;
    }

    /** The call has been answered, or never was one: the outcome will be what that other one will be. */
    void comesFrom(PendingOutcome original) {
        push(new Source(original), false);
    }

    /** The outcome comes over a link; {@link Awaited} keeps a place for it under this. */
    void comesAs(Object place) {
        arrival = place;
    }

    /** What {@link #comesAs} said; {@code null} if nothing. */
    Object arrival() {
        return arrival;
    }

    // ---- it is waited for

    @Override
    public Optional<Outcome> now() {
        return state instanceof Outcome outcome ? Optional.of(outcome) : Optional.empty();
    }

    @Override
    public void whenKnown(Consumer<Outcome> action) {
        push(action, false);
    }

    @Override
    public void beforeKnown(Consumer<Outcome> action) {
        push(action, true);
    }

    @Override
    public Outcome await() {
        if (state instanceof Outcome outcome) {
            return outcome;
        }
        refuseToWaitForOneself();
        push(Thread.currentThread(), false);
        try {
            waits.await(this);
        } finally {
            remove(Thread.currentThread());
        }
        return (Outcome) state;
    }

    @Override
    public Optional<Outcome> await(Duration limit) {
        if (state instanceof Outcome outcome) {
            return Optional.of(outcome);
        }
        push(Thread.currentThread(), false);
        try {
            waits.await(this, limit);
        } finally {
            remove(Thread.currentThread());
        }
        return now();
    }

    /** Whether nobody but the object whose thread of service this is could serve the call, after what it serves now. */
    static boolean isUpToWhoWaits(PendingOutcome pending) {
        return behind(pending).filter(slot -> slot.isUpToWhoWaits()).isPresent();
    }

    private boolean isUpToWhoWaits() {
        return producer != null
                && CurrentContext.get().orElse(null) instanceof Body self // an immediate service may wait for its body
                && self.id().equals(producer)
                && !leftToOthers
                && original().isEmpty()
                && self.wouldServe(signature());
    }

    /** A body that waits without limit for what only it could serve would wait for ever. */
    void refuseToWaitForOneself() {
        if (isUpToWhoWaits()) {
            throw new IllegalStateException(
                    target + " waits for " + call() + ": only " + target + " itself could serve it, after this");
        }
    }

    @Override
    public void forget(Consumer<Outcome> action) {
        remove(action);
    }

    /** Adds somebody to the stack, or tells them at once if the outcome is known. */
    private void push(Object told, boolean copies) {
        while (true) {
            Object before = state;
            if (before instanceof Outcome outcome) {
                tell(told, outcome);
                return;
            }
            Object after;
            if (before instanceof Settling(Waiter waiters)) {
                after = new Settling(new Waiter(told, copies, waiters));
            } else if (before == null && told instanceof Thread) {
                after = told;
            } else {
                after = new Waiter(told, copies, stack(before));
            }
            if (STATE.compareAndSet(this, before, after)) {
                return;
            }
        }
    }

    /** Once the outcome is settling there is no stack left to clear. */
    private void remove(Object told) {
        if (state == told && STATE.compareAndSet(this, told, null)) {
            return;
        }
        while (state instanceof Waiter top) {
            Waiter rest = without(told, top);
            if (rest == top || STATE.compareAndSet(this, top, rest)) {
                return;
            }
        }
    }

    /** A stack is never changed, only replaced: those above the one who goes are put on anew. */
    private static Waiter without(Object told, Waiter top) {
        Waiter found = top;
        while (found != null && found.told != told) {
            found = found.earlier;
        }
        if (found == null) {
            return top;
        }
        Waiter rest = found.earlier;
        for (Waiter later : oldestFirst(top, found)) {
            rest = new Waiter(later.told, later.copies, rest);
        }
        return rest;
    }

    /** How many wait or are to be called back. */
    int waiters() {
        int count = state instanceof Thread ? 1 : 0;
        for (Waiter waiter = state instanceof Waiter top ? top : null; waiter != null; waiter = waiter.earlier) {
            count += waiter.told instanceof Source ? 0 : 1;
        }
        return count;
    }

    // ---- failures

    @Override
    public Throwable thrown(Outcome.Failure failure) {
        seen = true;
        Outcome.Failure own = copies == null ? failure : new Outcome.Failure(copies.apply(failure.cause()));
        return own.atCaller(call());
    }

    /** As if the failure had been thrown to somebody. */
    void see() {
        seen = true;
    }

    /** Whether a failure has been thrown to somebody. */
    boolean seen() {
        return seen;
    }

    // ---- as something to wait for

    @Override
    public boolean isThere() {
        return state instanceof Outcome;
    }

    @Override
    public Wait.Kind kind() {
        return Wait.Kind.FUTURE;
    }

    @Override
    public List<BodyId> producers() {
        return producer == null ? List.of() : List.of(producer);
    }

    @Override
    public Optional<FutureId> futureId() {
        return Optional.of(id());
    }

    @Override
    public Need need(Needs needs) {
        return needs.of(this);
    }

    @Override
    public String what() {
        return call();
    }

    /** Whether the outcome is still to come; not while it is being copied. */
    boolean isPending() {
        return !(state instanceof Outcome || state instanceof Settling);
    }

    /** What {@link #comesFrom} said last. */
    Optional<PendingOutcome> original() {
        for (Waiter waiter = state instanceof Waiter top ? top : null; waiter != null; waiter = waiter.earlier) {
            if (waiter.told instanceof Source(PendingOutcome original)) {
                return Optional.of(original);
            }
        }
        return Optional.empty();
    }

    /** The body that was called for this outcome; empty if it was passed on to here. */
    Optional<BodyId> callee() {
        return target == PASSED_ON ? Optional.empty() : producer();
    }

    /** Of the method called, if it is one. */
    String signature() {
        return method instanceof StubMethod called ? called.signature() : "";
    }
}
