package org.actium.simulation.engine;

/** Threads that could run. Used by the scheduler's own thread only. */
public interface ReadyQueue {

    /** The thread may run; it is not in the queue. */
    void add(ReadyThread thread);

    /** Takes out the thread to run next; {@code null} if there is none. */
    ReadyThread next();
}
