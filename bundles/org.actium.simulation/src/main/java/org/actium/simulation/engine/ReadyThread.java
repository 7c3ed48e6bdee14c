package org.actium.simulation.engine;

/** What a strategy may know of a thread. */
public interface ReadyThread {

    /** Threads are counted from 1 in the order in which they were made. */
    long number();

    /** What the strategy noted here last; 0 at first. */
    long priority();

    void priority(long priority);
}
