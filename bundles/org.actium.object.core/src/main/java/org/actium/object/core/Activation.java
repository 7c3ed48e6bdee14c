package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One activation of a body: the thread that serves, which makes this, the request being served, and whether that has been
 * interrupted. What changes with each request is here, away from what those who call the body read. The thread may use it
 * for another body when this one sleeps ({@link Activations}).
 *
 * <p>The interrupt is one word of state, so that it hits the request that is being served when it comes, or nothing. The
 * end of a request waits for the interrupt that is about to hit it.
 *
 * <pre>
 *   NONE ──begin──▶ SERVING ──somebody interrupts──▶ STRIKING ──the thread is interrupted──▶ STRUCK
 *   STRIKING ──end──▶ AWAITED ──the thread is interrupted──▶ STRUCK
 *   STRIKING, AWAITED ──another body was meant──▶ SERVING
 *   SERVING, STRUCK ──end──▶ NONE, or what holds for the request around
 * </pre>
 */
final class Activation {

    private static final VarHandle STATE;
    private static final VarHandle SERVED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Activation.class, "state", State.class);
            SERVED = lookup.findVarHandle(Activation.class, "served", long.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Thread server = Thread.currentThread();
    private final Taker taker;
    private volatile State state = State.NONE;
    private Request serving; // the innermost request being served; null between requests
    private long served; // the thread of service alone writes it

    Activation(Taker taker) {
        this.taker = taker;
    }

    /** The thread of service only. @param before how many requests the body has served */
    void startFrom(long before) {
        served = before;
    }

    /** What holds for a request; {@code PENDING} for one around that was struck and whose thread has not noticed yet. */
    enum State {
        NONE,
        SERVING,
        STRIKING,
        AWAITED,
        STRUCK,
        PENDING
    }

    /** The thread of service. */
    Thread server() {
        return server;
    }

    Taker taker() {
        return taker;
    }

    /** The thread of service only. */
    Request serving() {
        return serving;
    }

    /** The thread of service only. @return what was being served */
    Request serving(Request next) {
        Request before = serving;
        serving = next;
        return before;
    }

    /** One more request has been served, within the one around it. The thread of service only. */
    void served(Request around) {
        SERVED.setOpaque(this, served + 1); // a figure that goes with nothing else
        serving = around;
    }

    /** Any thread: how many requests the body has served. */
    long served() {
        return (long) SERVED.getOpaque(this);
    }

    /**
     * Any thread.
     *
     * @param stillMeant whether this is that of the body which was meant; asked while no request can end here
     * @return whether a request was being served, which is interrupted now
     */
    boolean interrupt(BooleanSupplier stillMeant) {
        while (!STATE.compareAndSet(this, State.SERVING, State.STRIKING)) {
            switch (state) {
                case NONE, STRUCK, PENDING -> {
                    return false;
                }
                case SERVING -> {}
                case STRIKING, AWAITED -> Thread.yield(); // somebody is at it, who may mean another body
            }
        }
        boolean meant = stillMeant.getAsBoolean();
        if (meant) {
            server.interrupt();
        }
        if (STATE.getAndSet(this, meant ? State.STRUCK : State.SERVING) == State.AWAITED) {
            LockSupport.unpark(server);
        }
        return meant;
    }

    /** The thread that serves begins a request, maybe within another one. @return for {@link #end} */
    State begin() {
        State around = settled();
        switch (around) {
            case NONE -> {
                Thread.interrupted(); // whatever it was meant for is over
                STATE.setRelease(this, State.SERVING);
            }
            case STRUCK -> {
                around = Thread.interrupted() ? State.PENDING : State.STRUCK;
                state = State.SERVING;
            }
            case SERVING, STRIKING, AWAITED, PENDING -> {}
        }
        return around;
    }

    /** It ends the request. @param around as begun. @return whether the request was interrupted */
    boolean end(State around) {
        State hit = State.SERVING;
        boolean left = around == State.SERVING ? state == State.SERVING : leave(State.SERVING, around);
        while (!left) {
            hit = settled();
            if (hit == State.STRUCK) {
                Thread.interrupted();
            }
            left = leave(hit, around);
        }
        if (around == State.PENDING) {
            Thread.currentThread().interrupt();
        }
        return hit == State.STRUCK;
    }

    private boolean leave(State from, State around) {
        return STATE.compareAndSet(this, from, around == State.PENDING ? State.STRUCK : around);
    }

    /** The state at a moment when nobody is about to interrupt. */
    private State settled() {
        State now = state;
        while (now == State.STRIKING) {
            if (STATE.compareAndSet(this, State.STRIKING, State.AWAITED)) {
                boolean interrupted = false;
                while (state == State.AWAITED) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted(); // or the next park would return at once
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            now = state;
        }
        return now;
    }
}
