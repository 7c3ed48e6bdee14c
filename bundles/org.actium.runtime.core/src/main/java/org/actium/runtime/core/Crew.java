package org.actium.runtime.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * grows in depth rather than in breadth. After a turn what was passed by gets in line, and the scout takes from the head
 * of the line.
 */
final class Crew {

    /** Tasks after which a thread lets the scout have its processor. */
    private static final int TURN = 32;

    /** How often a scout looks before it rests: some microseconds, less than waking it costs. */
    private static final int LOOKS = 100;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>(); // those whose turn will come, oldest first
    private final AtomicReference<Runnable> latest = new AtomicReference<>(); // one that is alone needs no link
    private final AtomicReference<Recent> recent = new AtomicReference<>(); // a stack; those that it passed by
    private final AtomicBoolean scouting = new AtomicBoolean();
    private final AtomicReference<Member> resting = new AtomicReference<>(); // a stack; only who calls a scout pops
    private final AtomicInteger restingCount = new AtomicInteger();
    private final int mostResting;

    /** @param mostResting threads that are kept although there is nothing to do */
    Crew(int mostResting) {
        this.mostResting = mostResting;
    }

    /** A task in the stack; its link changes only when it is out of it. */
    private static final class Recent {
        private final Runnable task;
        private Recent before;

        Recent(Runnable task, Recent before) {
            this.task = task;
            this.before = before;
        }
    }

    /** Any thread. Never blocks. */
    void run(Runnable task) {
        Runnable passed = latest.getAndSet(task);
        if (passed != null) {
            push(passed);
        }
        callScout();
    }

    private void push(Runnable task) {
        Recent before;
        do {
            before = recent.get();
        } while (!recent.compareAndSet(before, new Recent(task, before)));
    }

    private Runnable takeLatest() {
        return latest.get() == null ? null : latest.getAndSet(null);
    }

    /** The most recent task, else the oldest. */
    private Runnable poll() {
        Runnable alone = takeLatest();
        if (alone != null) {
            return alone;
        }
        Recent top = recent.get();
        while (top != null && !recent.compareAndSet(top, top.before)) {
            top = recent.get();
        }
        return top == null ? tasks.poll() : top.task;
    }

    /** The oldest task. */
    private Runnable pollOldest() {
        Runnable oldest = tasks.poll();
        if (oldest != null) {
            return oldest;
        }
        if (recent.get() == null) {
            return takeLatest();
        }
        line();
        return tasks.poll();
    }

    /** Puts recent tasks in the line, behind the older ones. */
    private void line() {
        Recent oldest = null;
        for (Recent task = recent.getAndSet(null); task != null; ) {
            Recent older = task.before;
            task.before = oldest;
            oldest = task;
            task = older;
        }
        for (Recent task = oldest; task != null; task = task.before) {
            tasks.add(task.task);
        }
        Runnable youngest = takeLatest();
        if (youngest != null) {
            tasks.add(youngest);
        }
    }

    private boolean isEmpty() {
        return latest.get() == null && recent.get() == null && tasks.isEmpty();
    }

    private void callScout() {
        if (scouting.get() || !scouting.compareAndSet(false, true)) {
            return;
        }
        Member rested = pop();
        if (rested == null) {
            Thread.ofVirtual().inheritInheritableThreadLocals(false).start(new Member());
        } else {
            rested.call();
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
        private Member below;
        private volatile boolean called;

        @Override
        public void run() {
            thread = Thread.currentThread();
            do {
                work(scout());
            } while (rest());
        }

        /** @return the first task; {@code null} if there is none */
        private Runnable scout() {
            for (int looks = 1; isEmpty() && looks < LOOKS; looks++) {
                Thread.onSpinWait();
            }
            Runnable task = pollOldest();
            scouting.set(false); // before the last look: what is queued after it calls a scout
            if (task == null) {
                task = pollOldest();
            }
            if (task != null && !isEmpty()) {
                callScout();
            }
            return task;
        }

        private void work(Runnable first) {
            int done = 0;
            for (Runnable task = first; task != null; task = poll()) {
                runGuarded(task);
                done++;
                if (done >= TURN) {
                    line();
                    if (!isEmpty()) {
                        callScout(); // one that looked while they were on their way has found nothing
                    }
                    if (scouting.get()) {
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
            if (restingCount.get() >= mostResting) {
                return false;
            }
            restingCount.incrementAndGet();
            do {
                below = resting.get();
            } while (!resting.compareAndSet(below, this));
            while (!called) {
                LockSupport.park(Crew.this);
                Thread.interrupted();
            }
            called = false;
            return true;
        }

        private void call() {
            called = true;
            LockSupport.unpark(thread);
        }
    }
}
