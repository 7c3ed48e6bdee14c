package org.actium.simulation.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads of the simulation that wait until something is so. Whoever changes it calls {@link #wake}. */
public final class Waiters {

    private final Queue<Thread> waiting = new ArrayDeque<>();

    /**
     * Blocks the calling thread, without time-out; an interrupt is kept for later.
     *
     * @throws IllegalStateException if the caller is not a thread of a simulated host and would have to wait
     */
    public void await(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            Thread self = Thread.currentThread();
            if (!self.isVirtual()) {
                throw new IllegalStateException("thread " + self.getName()
                        + " would have to wait for something in the simulation; only threads of its hosts can");
            }
            waiting.add(self);
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                waiting.remove(self);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets everybody look again. */
    public void wake() {
        int count = waiting.size();
        for (int i = 0; i < count; i++) {
            LockSupport.unpark(waiting.remove());
        }
    }
}
