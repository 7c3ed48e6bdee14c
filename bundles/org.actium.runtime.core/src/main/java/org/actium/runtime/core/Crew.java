package org.actium.runtime.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual threads that take turns at tasks: to start one for each would cost more than most tasks do. A task that
 * blocks delays no other one.
 *
 * <p>At most one thread of the crew is the <em>scout</em>: awake, on its way to the queue, with no task of its own.
 * Whoever queues a task calls a scout unless one is called already. The scout gives up that office before it takes a
 * task, and calls the next one if more are waiting. So while a task waits there is always a scout that the scheduler of
 * virtual threads will get to, whatever those do who have tasks; and while all processors are busy with tasks, that one
 * stays where it is and queueing costs nothing more.
 *
 * <p>The most recent task goes first: what it works on is still in the cache, and a tree of objects that create others
 * grows in depth rather than in breadth. Each thread adds to a {@linkplain Lanes lane}, from which it takes until that is
 * empty. The scout begins with the oldest task of the lane whose turn it is, and works in that lane, so that the threads
 * that are at work mostly have different ones, and no task is passed by for ever.
 */
final class Crew {

    private static final VarHandle SCOUTING;

    static {
        try {
            SCOUTING = MethodHandles.lookup().findVarHandle(Crew.class, "scouting", boolean.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Tasks after which a thread lets the scout have its processor. */
    private static final int TURN = 32;

    /** Lanes into which a scout looks before it rests: some microseconds, less than waking it costs. */
    private static final int LOOKS = 200;

    /** So long may the crew be busy before it lets threads of others pass. */
    private static final long BUSY_NANOS = 10_000_000;

    private final Lanes lanes;
    private final ThreadFactory factory;
    private final ThreadLocal<Member> member = new ThreadLocal<>(); // that this thread is
    private volatile boolean scouting;
    private final AtomicReference<Member> resting = new AtomicReference<>(); // a stack; only who calls a scout pops
    private final AtomicInteger restingCount = new AtomicInteger();
    private final int looks;
    private volatile int mostResting;
    private boolean calledFromOutside; // who calls the scout, then that
    private int nextLane; // the scout only
    private long busySince = System.nanoTime(); // the scout only

    /**
     * @param processors for which there are lanes
     * @param mostResting threads that are kept although there is nothing to do
     * @param factory of virtual threads that inherit nothing
     */
    Crew(int processors, int mostResting, ThreadFactory factory) {
        this.lanes = new Lanes(processors);
        this.factory = factory;
        this.looks = processors == 1 ? 0 : LOOKS; // nobody would add a task meanwhile
        this.mostResting = mostResting;
    }

    /** Any thread. Never blocks. */
    void run(Runnable task) {
        Member own = member.get();
        lanes.add(own == null ? (int) (Thread.currentThread().threadId() % lanes.count()) : own.lane, task);
        callScout();
    }

    private void callScout() {
        if (scouting || !SCOUTING.compareAndSet(this, false, true)) {
            return;
        }
        try {
            Member rested = pop();
            calledFromOutside = rested == null || !Thread.currentThread().isVirtual();
            if (rested == null) {
                factory.newThread(new Member()).start();
            } else {
                rested.call();
            }
        } catch (Throwable noMemoryOrStack) {
            scouting = false;
            throw noMemoryOrStack;
        }
    }

    /** Ends the threads that rest. Tasks still run, each in a thread that ends when there is nothing to do. */
    void close() {
        mostResting = 0;
        while (!SCOUTING.compareAndSet(this, false, true)) {
            Thread.yield();
        }
        while (restingCount.get() > 0) { // counted before it can be found
            Member rested = pop();
            if (rested == null) {
                Thread.yield();
            } else {
                rested.dismiss();
            }
        }
        scouting = false;
        if (!lanes.isEmpty(0)) {
            callScout();
        }
    }

    private Member pop() {
        Member top = resting.get();
        while (top != null && !resting.compareAndSet(top, top.below)) {
            top = resting.get();
        }
        if (top != null) {
            restingCount.decrementAndGet();
        }
        return top;
    }

    /** One thread of the crew. */
    private final class Member implements Runnable {

        private Thread thread;
        private int lane; // to which it adds, and from which it takes first
        private Member below;
        private volatile boolean called;
        private boolean dismissed; // by whom it is called

        @Override
        public void run() {
            thread = Thread.currentThread();
            member.set(this);
            do {
                work(scout());
            } while (rest());
        }

        /** @return the first task; {@code null} if there is none */
        private Runnable scout() {
            Runnable task;
            try {
                letOthersPass();
                lane = nextLane;
                for (int left = looks; lanes.isEmpty(lane) && left > 0; left -= lanes.count()) {
                    Thread.onSpinWait();
                }
                task = lanes.oldest(lane);
                if (task != null) {
                    nextLane = (lane + 1) % lanes.count();
                }
            } finally {
                scouting = false; // before the last look: what is queued after it calls a scout
            }
            return task == null ? oldest() : callingForMore(task);
        }

        /**
         * Threads that are woken from outside the scheduler wait there until a carrier has none that woke each other. That
         * would be never, while those of the crew call each other; so the scout leaves, and is woken from outside itself.
         */
        private void letOthersPass() {
            long now = System.nanoTime();
            if (calledFromOutside) {
                busySince = now;
            } else if (now - busySince > BUSY_NANOS) {
                LockSupport.parkNanos(1);
                busySince = now;
            }
        }

        /** The oldest of all tasks, as far as one can tell; {@code null} if there is none. */
        private Runnable oldest() {
            return callingForMore(lanes.oldest(lane));
        }

        /** A scout who looked for the others while they were on their way into the line of this lane has found nothing. */
        private Runnable callingForMore(Runnable task) {
            if (task != null && !lanes.isEmpty(lane)) {
                callScout();
            }
            return task;
        }

        private Runnable next() {
            Runnable own = lanes.latest(lane);
            return own == null ? oldest() : own;
        }

        private void work(Runnable first) {
            int done = 0;
            for (Runnable task = first; task != null; task = next()) {
                runGuarded(task);
                done++;
                if (done >= TURN) {
                    if (scouting) {
                        return;
                    }
                    done = 0;
                }
            }
        }

        private void runGuarded(Runnable task) {
            try {
                task.run();
            } catch (Throwable thrown) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            }
            Thread.interrupted(); // it was meant for the task
        }

        /** @return whether it was called again; if not, its thread ends */
        private boolean rest() {
            if (restingCount.incrementAndGet() > mostResting) {
                restingCount.decrementAndGet();
                return false;
            }
            do {
                below = resting.get();
            } while (!resting.compareAndSet(below, this));
            while (!called) {
                LockSupport.park(Crew.this);
                Thread.interrupted();
            }
            called = false;
            return !dismissed;
        }

        private void call() {
            called = true;
            LockSupport.unpark(thread);
        }

        private void dismiss() {
            dismissed = true;
            call();
        }
    }
}
