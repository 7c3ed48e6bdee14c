package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/**
 * Where the outcome of one call arrives, once.
 *
 * <p>One word of state: the outcome, or the stack of those who wait for it. Whoever sets the outcome takes the stack with
 * the same compare-and-set and wakes it, so that nobody can come too late; no lock is held while waiters are woken or
 * called back.
 */
final class ReplySlot implements PendingOutcome {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ReplySlot.class, "state", Object.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Object method;
    private final String target;
    private final Optional<BodyId> producer;
    private final Time time;
    private volatile Object state; // an Outcome, or the top of a stack of Waiter, or null

    /**
     * @param method what was called and, with {@code target}, where: for messages, put together only when needed
     * @param producer the body that serves the call; empty if the outcome comes from elsewhere
     */
    ReplySlot(Object method, String target, Optional<BodyId> producer, Time time) {
        this.method = Objects.requireNonNull(method, "method");
        this.target = Objects.requireNonNull(target, "target");
        this.producer = Objects.requireNonNull(producer, "producer");
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public String call() {
        return method + " on " + target;
    }

    /** Sets the outcome if none is set. @return whether this one was set */
    boolean set(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        while (true) {
            Object before = state;
            if (before instanceof Outcome) {
                return false;
            }
            if (STATE.compareAndSet(this, before, outcome)) {
                wake((Waiter) before, outcome);
                return true;
            }
        }
    }

    private static void wake(Waiter last, Outcome outcome) {
        Waiter first = null;
        for (Waiter waiter = last; waiter != null; ) { // those who came first are told first
            Waiter earlier = waiter.next;
            waiter.next = first;
            first = waiter;
            waiter = earlier;
        }
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.tell(outcome);
        }
    }

    @Override
    public Optional<Outcome> now() {
        return state instanceof Outcome outcome ? Optional.of(outcome) : Optional.empty();
    }

    @Override
    public void whenKnown(Consumer<Outcome> action) {
        push(new Waiter(null, action));
    }

    @Override
    public Outcome await() {
        if (state instanceof Outcome outcome) {
            return outcome;
        }
        refuseToWaitForOneself();
        push(new Waiter(Thread.currentThread(), null));
        while (true) {
            if (state instanceof Outcome outcome) {
                return outcome;
            }
            LockSupport.park(this);
            failIfInterrupted();
        }
    }

    @Override
    public Optional<Outcome> await(Duration limit) {
        if (state instanceof Outcome outcome) {
            return Optional.of(outcome);
        }
        Thread waiting = Thread.currentThread();
        push(new Waiter(waiting, null));
        long start = time.nanos();
        long nanos = limit.toNanos();
        try (Registration _ = time.after(limit, () -> LockSupport.unpark(waiting))) {
            while (true) {
                if (state instanceof Outcome outcome) {
                    return Optional.of(outcome);
                }
                if (time.nanos() - start >= nanos) {
                    return Optional.empty();
                }
                LockSupport.park(this);
                failIfInterrupted();
            }
        }
    }

    /** A body that waits without limit for what only it could serve would wait for ever. */
    void refuseToWaitForOneself() {
        if (producer.isPresent() && CurrentContext.get().map(ActiveContext::id).equals(producer)) {
            throw new IllegalStateException(
                    target + " waits for " + call() + ": only " + target + " itself could serve it, after this");
        }
    }

    private void failIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for " + call());
        }
    }

    /** Adds the waiter, or tells it at once if the outcome is known. */
    private void push(Waiter waiter) {
        while (true) {
            Object before = state;
            if (before instanceof Outcome outcome) {
                waiter.tell(outcome);
                return;
            }
            waiter.next = (Waiter) before;
            if (STATE.compareAndSet(this, before, waiter)) {
                return;
            }
        }
    }

    /** A thread to unpark, or an action to call. */
    private static final class Waiter {
        private final Thread thread;
        private final Consumer<Outcome> action;
        private Waiter next;

        Waiter(Thread thread, Consumer<Outcome> action) {
            this.thread = thread;
            this.action = action;
        }

        void tell(Outcome outcome) {
            if (thread != null) {
                LockSupport.unpark(thread);
            } else {
                action.accept(outcome);
            }
        }
    }
}
