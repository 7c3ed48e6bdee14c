package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.actium.runtime.spi.Threads;

/**
 * Who reads a connection: one thread at a time, which has the <em>office</em>. It leaves the office vacant while it does
 * what came of a frame, an object's service for example, so that this costs no change of threads; and a thread that waits
 * for an answer takes the office if it is vacant, and reads the answer itself. What was done in between may block: then
 * the {@link ReaderWatch} finds the office vacant for longer than it should be and calls a follower.
 *
 * <pre>
 *   held ──vacate──▶ vacant ──the same thread is back, or one that waits for an answer──▶ held
 *                       └──the watch, or the end of the connection: a follower───────────▶ held
 * </pre>
 *
 * <p>A reader stays with its office when that is better for all: while the tasks of a connection take long, several of
 * them come at once, or several threads wait for answers.
 *
 * <p>What belongs to the office may be used by whoever holds it.
 */
final class Readers {

    private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Tasks that take longer are not done by a reader while others come. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    /** A wait that was shorter was none. */
    private static final long IMMEDIATE_NANOS = TimeUnit.MICROSECONDS.toNanos(3);
    /** So long a thread reads for an answer; what takes longer may come another way. */
    private static final long LOAN_MILLIS = 5;

    /** So many times in a row a task was long and the next one had come meanwhile: there are several to be done at once. */
    private static final int DELAYED = 8;

    private static final long FOLLOWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Before a thread is asked for again that could not be started. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long FOR_EVER = 0;

    private final String name;
    private final Source source;
    private final Threads threads;
    private final ReaderWatch watch;

    private final AtomicBoolean vacant = new AtomicBoolean();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicReference<Thread> follower = new AtomicReference<>(); // waits to be called
    private volatile int vacancies; // how often it was vacant; written by whoever holds the office
    private volatile Object asked; // by a thread that wanted to read for it, and could not; null if there is none
    private volatile Object borrowed; // for it a thread reads that waits for it; null if none does

    private volatile boolean out; // a thread that has left the office does a task
    private volatile boolean over; // nothing will be read any more
    private volatile long askAgainFrom = System.nanoTime(); // for a thread, since none could be started
    private volatile boolean told; // that there is no thread, since one began to read

    // belong to the office
    private final List<Task> tasks = new ArrayList<>();
    private final List<Runnable> errands = new ArrayList<>();
    private long calmFrom = System.nanoTime();
    private long lendFrom = calmFrom;
    private int delayed;
    private long lastAnswer = calmFrom;

    // belong to the watch
    private int seen;
    private int quiet;

    /** What is read. */
    interface Source {
        /**
         * Waits for bytes if there are none, reads what there is and hands over the frames.
         *
         * @param millis to wait at most; 0 is for ever
         * @return whether anything may come yet
         */
        boolean read(long millis) throws IOException;

        /** Lets whoever waits in {@link #read} return. */
        void wake();

        /** Whether all that has come was handed over. */
        boolean isDrained();

        boolean isOpen();

        /** It failed while it was read. */
        void lost(Exception why);

        /** A frame could not be handled. */
        void failed(Throwable why);

        /** No thread could be started that reads it, or does what came of it; one will be asked for again. */
        void lacksThread(Throwable why);

        /** Nothing will be read any more; called once. */
        void end();
    }

    /** @param what waits for it, to be told from other tasks by whoever waits */
    private record Task(Object what, Runnable action) {}

    /** @param name of the threads that read */
    Readers(String name, Source source, Threads threads, ReaderWatch watch) {
        this.name = name;
        this.source = source;
        this.threads = threads;
        this.watch = watch;
    }

    /** Reads to the end, as one of several threads. The one that calls this first has the office. */
    void run() {
        while (lead() && follow()) {}
    }

    // ---- by whoever holds the office, while it hands over a frame

    /** Something that takes long, or may: done by a reader if it is alone. */
    void serve(Object what, Runnable action) {
        tasks.add(new Task(what, action));
    }

    /** Something of our own that may have to wait: done by the reader when the frames are handled. */
    void afterwards(Runnable errand) {
        errands.add(errand);
    }

    // ---- any thread

    /** A thread that waits reads until it has what it waits for, if nobody else does; returns soon in any case. */
    void readUntil(Object what, BooleanSupplier there) {
        if (!vacant.get() || !vacant.compareAndSet(true, false)) {
            asked = what;
            return;
        }
        borrowed = what; // who brings it from now on wakes this thread
        if (there.getAsBoolean()) {
            borrowed = null;
            vacate();
            return;
        }
        long begun = System.nanoTime();
        while (true) {
            boolean goesOn = readGuarded(LOAN_MILLIS);
            Task own = takeOwn(what);
            boolean alone = tasks.isEmpty() && errands.isEmpty();
            leaveAll();
            if (own != null || there.getAsBoolean()) {
                borrowed = null;
                if (!goesOn || !alone || asked != null) {
                    lendFrom = System.nanoTime() + CALM_NANOS; // others need a reader, too
                    asked = null;
                    callFollower();
                } else {
                    vacate();
                }
                if (own != null) {
                    own.action.run();
                }
                return;
            }
            if (!goesOn
                    || Thread.currentThread().isInterrupted()
                    || System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(LOAN_MILLIS)) {
                borrowed = null;
                callFollower();
                return;
            }
        }
    }

    /** Somebody waits for what comes, and does not read: then the reader keeps the office for a while. */
    void readSoon() {
        if (vacant.get() && vacant.compareAndSet(true, false)) {
            lendFrom = System.nanoTime() + CALM_NANOS;
            callFollower();
        }
    }

    /** The connection was closed: whoever holds the office sees it. */
    void closed() {
        if (vacant.compareAndSet(true, false)) {
            callFollower();
        }
    }

    // ---- the reader

    /** Reads as long as it has the office. @return false if nothing more will come */
    private boolean lead() {
        if (over) {
            return false;
        }
        told = false;
        boolean goesOn = true;
        boolean served = false;
        while (goesOn) {
            long before = System.nanoTime();
            goesOn = readGuarded(FOR_EVER);
            long now = System.nanoTime();
            delayed = served && now - before < IMMEDIATE_NANOS ? delayed + 1 : 0;
            if (delayed >= DELAYED) {
                calmFrom = now + CALM_NANOS;
                delayed = 0;
            }
            served = false;
            if (!errands.isEmpty() && !doErrands()) {
                return true;
            }
            if (tasks.size() == 1 && goesOn && now - calmFrom >= 0 && !out && source.isDrained()) {
                Task own = tasks.removeFirst();
                boolean lend = own.what == asked && isLent(now);
                if (own.what == asked) {
                    asked = null;
                }
                out = true;
                vacate();
                perform(own);
                if (lend) {
                    out = false;
                    return true;
                }
                long took = System.nanoTime() - now;
                served = took > SHORT_NANOS;
                if (!vacant.compareAndSet(true, false)) {
                    out = false;
                    return true;
                }
                out = false;
            }
            leaveAll();
        }
        end();
        return false;
    }

    /** Whether who waits for answers is to read the next one: if they come one behind the other. */
    private boolean isLent(long now) {
        boolean dense = now - lastAnswer < ReaderWatch.PERIOD_NANOS;
        lastAnswer = now;
        return dense && now - lendFrom >= 0;
    }

    /** @return whether this thread has the office still */
    private boolean doErrands() {
        List<Runnable> own = List.copyOf(errands);
        errands.clear();
        leaveAll();
        vacate();
        own.forEach(Readers::perform);
        return vacant.compareAndSet(true, false);
    }

    private boolean readGuarded(long millis) {
        try {
            return source.isOpen() && source.read(millis);
        } catch (IOException | ClosedSelectorException lost) {
            source.lost(lost);
        } catch (RuntimeException | Error failed) {
            source.failed(failed);
        }
        return false;
    }

    private void perform(Task task) {
        perform(task.action);
        isBrought(task);
    }

    private static void perform(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
        }
        Thread.interrupted(); // it was meant for what was done
    }

    private Task takeOwn(Object what) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).what == what) {
                return tasks.remove(i);
            }
        }
        return null;
    }

    /** To other threads. */
    private void leaveAll() {
        tasks.forEach(task -> leave(() -> performElsewhere(task)));
        tasks.clear();
        errands.forEach(this::leave);
        errands.clear();
    }

    private void leave(Runnable task) {
        try {
            threads.run(task);
        } catch (RuntimeException | Error noThread) {
            tellOnce(noThread); // not done here: it is queued, and the next thread that there is for tasks does it
        }
    }

    private void performElsewhere(Task task) {
        try {
            task.action.run();
        } finally {
            isBrought(task);
        }
    }

    /** Whoever reads for it need not wait for more. */
    private void isBrought(Task task) {
        if (borrowed == task.what) {
            source.wake();
        }
    }

    private void vacate() {
        beVacant();
        if (!source.isOpen()) {
            closed();
        }
    }

    private void beVacant() {
        vacancies++;
        vacant.set(true);
        if (!watched.get() && watched.compareAndSet(false, true) && !watch.add(this)) {
            leave(this::lookLater);
        }
    }

    /** In the place of the watch, which has no thread. */
    private void lookLater() {
        LockSupport.parkNanos(this, REST_NANOS);
        watched.set(false); // before the look: who leaves the office after it asks for the watch again
        if (vacant.compareAndSet(true, false)) {
            callFollower();
        }
    }

    private void end() {
        over = true;
        leaveAll();
        Thread waiting = follower.getAndSet(null);
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        source.end();
    }

    // ---- followers

    /** By whoever holds the office: the follower has it from now on. */
    private void callFollower() {
        Thread waiting = follower.getAndSet(null);
        if (waiting != null) {
            LockSupport.unpark(waiting);
        } else {
            startReader();
        }
    }

    private void startReader() {
        try {
            threads.startReader(name, this::run);
        } catch (RuntimeException | Error noThread) {
            askAgainFrom = System.nanoTime() + REST_NANOS;
            beVacant();
            tellOnce(noThread);
        }
    }

    private void tellOnce(Throwable noThread) {
        if (!told) {
            told = true;
            source.lacksThread(noThread);
        }
    }

    /** Waits until it is called. @return false if this thread is not needed */
    private boolean follow() {
        Thread self = Thread.currentThread();
        if (!follower.compareAndSet(null, self)) {
            return false;
        }
        long begun = System.nanoTime();
        while (follower.get() == self) {
            boolean enough = over || System.nanoTime() - begun >= FOLLOWER_NANOS;
            if (enough && follower.compareAndSet(self, null)) {
                return false;
            }
            LockSupport.parkNanos(this, FOLLOWER_NANOS);
            Thread.interrupted();
        }
        return true;
    }

    // ---- the watch

    /** What a look has found. */
    enum Look {
        /** Somebody reads, or has read since the look before. */
        THERE,
        /** Nobody did, and another thread was called. */
        MISSED,
        /** Somebody has been reading for so long that there need be no more looks. */
        ENOUGH
    }

    Look look() {
        int now = vacancies;
        if (now != seen) {
            seen = now;
            quiet = 0;
            return Look.THERE;
        }
        if (vacant.get() && System.nanoTime() - askAgainFrom < 0) {
            return Look.THERE;
        }
        if (vacant.compareAndSet(true, false)) {
            callFollower();
            return Look.MISSED;
        }
        quiet++;
        if (quiet < 5) {
            return Look.THERE;
        }
        quiet = 0;
        watched.set(false);
        return vacancies != now && watched.compareAndSet(false, true) ? Look.THERE : Look.ENOUGH;
    }
}
