package org.actium.simulation.engine;

import org.actium.runtime.spi.Threads;

/** Threads of one life of one host. Readers are virtual threads like all others: nothing here blocks in the system. */
public final class SimulatedThreads implements Threads {

    private final Scheduler scheduler;
    private final Lane lane;

    public SimulatedThreads(Scheduler scheduler, Lane lane) {
        this.scheduler = scheduler;
        this.lane = lane;
    }

    @Override
    public void run(Runnable task) {
        scheduler.start(lane, task);
        scheduler.preempt();
    }

    @Override
    public Thread start(String name, Runnable task) {
        Thread thread = scheduler.start(lane, name, task);
        scheduler.preempt();
        return thread;
    }

    @Override
    public Thread startReader(String name, Runnable task) {
        return start(name, task);
    }
}
