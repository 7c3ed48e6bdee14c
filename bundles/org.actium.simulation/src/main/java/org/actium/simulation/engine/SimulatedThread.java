package org.actium.simulation.engine;

import java.util.concurrent.Executor;

/** One virtual thread; it is also the executor which that thread submits itself to whenever it is started or woken. */
final class SimulatedThread implements Executor, ReadyThread {

    private final Scheduler scheduler;
    private final Lane lane;
    private final long number;
    private final String name;

    private Thread thread;
    private Runnable continuation;
    private long priority;
    private long steps;

    /** For how long it is put aside when it gives way next, in nanoseconds. */
    private long stall;

    /** The event in whose course this thread was started or woken last. */
    private long wokenBy = EventLog.NONE;

    /** The event it recorded last since then. */
    private long lastEvent = EventLog.NONE;

    SimulatedThread(Scheduler scheduler, Lane lane, long number, String name) {
        this.scheduler = scheduler;
        this.lane = lane;
        this.number = number;
        this.name = name;
    }

    @Override
    public void execute(Runnable submitted) {
        scheduler.submitted(this, submitted);
    }

    void runs(Thread virtual) {
        thread = virtual;
    }

    Thread thread() {
        return thread;
    }

    Lane lane() {
        return lane;
    }

    String name() {
        return name;
    }

    /** As people read it in reports: host and thread. */
    String fullName() {
        return lane.name() + "/" + name;
    }

    /** @return whether it is this thread's own continuation, not that of a thread which inherited the executor */
    boolean accepts(Runnable submitted) {
        if (continuation == null) {
            continuation = submitted;
        }
        return continuation == submitted;
    }

    void stall(long nanos) {
        stall = nanos;
    }

    long takeStall() {
        long taken = stall;
        stall = 0;
        return taken;
    }

    void woken(long event) {
        wokenBy = event;
        lastEvent = EventLog.NONE;
    }

    /** What the next event of this thread follows from. */
    long cause() {
        return lastEvent == EventLog.NONE ? wokenBy : lastEvent;
    }

    void recorded(long event) {
        lastEvent = event;
    }

    /** Runs until the thread comes to rest. */
    void step() {
        steps++;
        continuation.run();
    }

    long steps() {
        return steps;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long priority() {
        return priority;
    }

    @Override
    public void priority(long newPriority) {
        priority = newPriority;
    }

    @Override
    public String toString() {
        return fullName();
    }
}
