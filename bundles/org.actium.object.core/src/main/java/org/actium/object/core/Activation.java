package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One activation of a body: the thread that serves, which makes this, and whether the request being served has been
 * interrupted. That is one word of state, so that an interrupt hits the request that is
 * being served when it comes, or nothing. The end of a request waits for the interrupt that is about to hit it.
 *
 * <pre>
 *   NONE ──begin──▶ SERVING ──somebody interrupts──▶ STRIKING ──the thread is interrupted──▶ STRUCK
 *   STRIKING ──end──▶ AWAITED ──the thread is interrupted──▶ STRUCK
 *   SERVING, STRUCK ──end──▶ NONE, or what holds for the request around
 * </pre>
 */
final class Activation {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Activation.class, "state", State.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Thread server = Thread.currentThread();
    private volatile State state = State.NONE;

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

    /** Any thread. @return whether a request was being served, which is interrupted now */
    boolean interrupt() {
        if (!STATE.compareAndSet(this, State.SERVING, State.STRIKING)) {
            return false;
        }
        server.interrupt();
        if (STATE.getAndSet(this, State.STRUCK) == State.AWAITED) {
            LockSupport.unpark(server);
        }
        return true;
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
        boolean struck = around == State.SERVING ? state != State.SERVING : !leave(State.SERVING, around);
        if (struck) {
            State hit = settled();
            Thread.interrupted();
            leave(hit, around);
        }
        if (around == State.PENDING) {
            Thread.currentThread().interrupt();
        }
        return struck;
    }

    private boolean leave(State from, State around) {
        return STATE.compareAndSet(this, from, around == State.PENDING ? State.STRUCK : around);
    }

    /** The state at a moment when nobody is about to interrupt. */
    private State settled() {
        State now = state;
        while (now == State.STRIKING) {
            if (STATE.compareAndSet(this, State.STRIKING, State.AWAITED)) {
                while (state == State.AWAITED) {
                    LockSupport.park(this);
                    Thread.interrupted(); // or the next park would return at once
                }
                Thread.currentThread().interrupt();
            }
            now = state;
        }
        return now;
    }
}
