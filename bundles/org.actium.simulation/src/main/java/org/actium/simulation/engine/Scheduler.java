package org.actium.simulation.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.actium.runtime.api.Registration;
import org.actium.simulation.interleaving.SchedulePoint;

/**
 * Runs virtual threads one at a time on one carrier thread; a {@link Strategy} decides who is next each time a thread
 * comes to rest. Virtual time stands still while anything can run, then jumps to the next thing on the agenda.
 *
 * <p>Threading: one thread sets up the simulation and calls {@link #run}; while that lasts, only threads of the
 * simulation may call. Anybody else who does, or who wakes or starts a thread of the simulation, fails the run.
 */
public final class Scheduler {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int BUSIEST = 5;

    /** How many of the threads that give way at a schedule point do so for some time. */
    private static final double STALLS = 0.02;

    private static final Duration LONGEST_STALL = Duration.ofMillis(5);

    private final JdkVirtualThreads jdk = JdkVirtualThreads.reach();
    private final RandomGenerator preemptions;
    private final double preemption;
    private final Limits limits;
    private final ReadyQueue ready;
    private final Agenda agenda = new Agenda();

    /** Those of threads that are still to fire; only ever counted. */
    private final Set<Timer> timers = new HashSet<>();

    private final TraceHash hash = new TraceHash();
    private final EventLog log;

    /** Threads that neither ended nor died with their lane, in the order in which they were started. */
    private final Set<SimulatedThread> alive = new LinkedHashSet<>();

    /** The first one counts; foreign threads may be the ones to set it. */
    private final AtomicReference<Failure> failure = new AtomicReference<>();

    /** The first thread of ours that a foreign one woke. */
    private final AtomicReference<Intrusion> intrusion = new AtomicReference<>();

    /** The number of steps, for the thread that watches. */
    private final AtomicLong progress = new AtomicLong();

    /** Whose turn it is when no thread of the simulation has it; {@code null} until the first run: anybody's. */
    private volatile Thread owner;

    private volatile boolean stopped;

    /** Whose turn it is; {@code null} while the simulator itself acts. A foreign thread never finds itself here. */
    private SimulatedThread current;

    private long now;
    private long steps;
    private long threads;

    /** The event that what the simulator does now follows from. */
    private long cause = EventLog.NONE;

    /**
     * @param keptEvents how many events to keep for reading
     * @param preemption how likely a thread is to give way at a call of a port, from 0 to 1
     * @throws UnsupportedJdkException if this JVM cannot run it
     */
    public Scheduler(RandomStreams streams, Strategy strategy, Limits limits, int keptEvents, double preemption) {
        this.preemptions = streams.named("preemption");
        this.preemption = preemption;
        this.limits = limits;
        this.ready = strategy.queue(streams.named("schedule"));
        this.log = new EventLog(hash, keptEvents);
    }

    public Lane lane(String name) {
        return new Lane(name);
    }

    /** Starts a thread without a name. */
    public Thread start(Lane lane, Runnable task) {
        return start(lane, lane.nextName(), task);
    }

    /** Starts a thread; if the lane is dead, it never runs. */
    public Thread start(Lane lane, String name, Runnable task) {
        requireTurn("starts thread " + lane + "/" + name);
        SimulatedThread thread = new SimulatedThread(this, lane, ++threads, name);
        Thread virtual = jdk.unstarted(thread, thread.fullName(), () -> run(thread, task));
        thread.runs(virtual);
        if (!lane.isDead()) {
            alive.add(thread);
        }
        virtual.start();
        return virtual;
    }

    private void run(SimulatedThread thread, Runnable task) {
        try {
            SchedulePoint.run(thread.lane().inContext(task), this::giveWay);
        } catch (Throwable uncaught) {
            fail(new Failure.Uncaught(thread.fullName(), uncaught));
        }
    }

    /** Virtual nanoseconds since the start. */
    public long now() {
        return now;
    }

    /** Has the simulator itself do something, which must not block. What lies in the past is done next. */
    public Registration at(long nanos, Runnable action) {
        requireTurn("sets a timer");
        long follows = cause();
        return agenda.add(Math.max(nanos, now), () -> {
            cause = follows;
            action.run();
        });
    }

    /** Has the simulator itself do something after some virtual time; see {@link #at}. */
    public Registration after(Duration delay, Runnable action) {
        return at(saturatedSum(now, nanos(delay)), action);
    }

    /** Starts a thread at that time, or at the end of the pause in which the time falls. */
    public Registration timer(Lane lane, long nanos, Runnable task) {
        Timer timer = new Timer(lane, task);
        Registration onAgenda = at(nanos, timer);
        timers.add(timer);
        return () -> {
            timer.cancelled = true;
            timers.remove(timer);
            onAgenda.close();
        };
    }

    private final class Timer implements Runnable {
        private final Lane lane;
        private final Runnable task;
        private boolean cancelled;

        Timer(Lane lane, Runnable task) {
            this.lane = lane;
            this.task = task;
        }

        @Override
        public void run() {
            if (cancelled) {
                return;
            }
            if (lane.isRunning()) {
                timers.remove(this);
                start(lane, "timer " + lane.nextName(), task);
            } else {
                lane.hold(this);
            }
        }
    }

    /** Blocks the calling thread of the simulation for some virtual time. */
    public void sleep(Duration time) {
        boolean[] over = {false};
        Waiters sleeper = new Waiters();
        after(time, () -> {
            over[0] = true;
            sleeper.wake();
        });
        sleeper.await(() -> over[0]);
    }

    /** Lets another thread run first, now and then, unless the caller is not to be divided. Called where a port is called. */
    public void preempt() {
        if (current != null
                && preemption > 0
                && !SchedulePoint.isUndivided()
                && preemptions.nextDouble() < preemption) {
            Thread.yield();
        }
    }

    /** At a {@link SchedulePoint}: lets another thread run first, or, more rarely, lets time pass. */
    private void giveWay() {
        if (preemptions.nextDouble() < preemption * STALLS) {
            stall(preemptions.nextLong(LONGEST_STALL.toNanos()));
        } else {
            preempt();
        }
    }

    /** As if the thread had been put aside by its operating system: messages arrive and timers fire meanwhile. */
    private void stall(long nanos) {
        SimulatedThread stalled = current;
        stalled.stall(nanos);
        Thread.yield();
        stalled.takeStall(); // one that is pinned did not give way
    }

    /** The threads of the lane do not run and its timers do not fire until it is resumed. */
    public void pause(Lane lane) {
        lane.pause();
    }

    public void resume(Lane lane) {
        lane.resume();
    }

    /** The threads of the lane never run again, its timers never fire. Not to be called by a thread of that lane. */
    public void kill(Lane lane) {
        if (current != null && current.lane() == lane) {
            throw new IllegalStateException(current + " cannot kill its own lane; put it on the agenda");
        }
        lane.kill();
        alive.removeIf(thread -> thread.lane() == lane);
    }

    /** Adds an event that follows from what its thread did last, or was woken by. */
    public long record(String what, String subject, long value) {
        return record(what, subject, value, cause());
    }

    /** @param follows the number of the event it follows from */
    public long record(String what, String subject, long value, long follows) {
        requireTurn("records " + what + " " + subject);
        if (current == null) {
            cause = log.add(steps, now, "-", "simulator", what, subject, value, follows);
            return cause;
        }
        long event = log.add(steps, now, current.lane().name(), current.name(), what, subject, value, follows);
        current.recorded(event);
        return event;
    }

    /** As the other; the bytes, of which the value is the length, count for the hash of the run. */
    public long record(String what, String subject, byte[] bytes) {
        long event = record(what, subject, bytes.length);
        log.content(bytes);
        return event;
    }

    /** Ends the run at the next step; the first failure counts. May be called by any thread. */
    public void fail(Failure why) {
        failure.compareAndSet(null, why);
    }

    /** Ends the run at the next step, as it should. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs until nothing can run, virtual time is up, something failed or somebody asked to stop; then it may be called
     * again to go on.
     */
    public Ending run() {
        requireTurn("runs the simulation");
        Thread carrier = Thread.ofPlatform()
                .daemon()
                .name("simulation-carrier")
                .inheritInheritableThreadLocals(false)
                .unstarted(this::runGuarded);
        stopped = false;
        owner = carrier;
        carrier.start();
        watch(carrier);
        owner = Thread.currentThread();
        return ending();
    }

    private Ending ending() {
        Intrusion intruded = intrusion.get();
        if (intruded != null) {
            fail(EscapeReports.woken(intruded));
        }
        Failure failed = failure.get();
        if (failed != null) {
            return new Ending.Failed(failed);
        }
        if (stopped) {
            return new Ending.Stopped();
        }
        return agenda.next() == Long.MAX_VALUE ? new Ending.Quiet() : new Ending.TimeIsUp();
    }

    private void runGuarded() {
        try {
            runAll();
        } catch (Throwable broken) {
            fail(new Failure.Uncaught("simulator", broken));
        }
    }

    private void runAll() {
        long end = nanos(limits.virtualTime());
        while (failure.get() == null && intrusion.get() == null && !stopped) {
            SimulatedThread next = (SimulatedThread) ready.next();
            if (next != null) {
                turn(next);
            } else if (agenda.next() <= end && agenda.next() != Long.MAX_VALUE) {
                advance();
            } else {
                if (agenda.next() != Long.MAX_VALUE) {
                    now = end;
                }
                findSocketWaits();
                return;
            }
        }
    }

    private void turn(SimulatedThread thread) {
        if (!thread.lane().isRunning()) {
            thread.lane().hold(() -> ready.add(thread));
            return;
        }
        if (steps == limits.steps()) {
            fail(new Failure.Endless(steps, busiest()));
            return;
        }
        steps++;
        progress.lazySet(steps);
        hash.add(thread.number());
        current = thread;
        thread.step();
        current = null;
        switch (jdk.rest(thread.thread())) {
            case READY, PARKED -> {}
            case ENDED -> alive.remove(thread);
            case TIMED_PARK -> fail(EscapeReports.timedPark(thread));
            case CONTENDED -> fail(EscapeReports.contended(thread));
            case MONITOR_WAIT -> fail(EscapeReports.monitorWait(thread));
        }
    }

    /** Time moves to the next moment at which something happens, and all of that happens. */
    private void advance() {
        now = agenda.next();
        hash.add(now);
        while (agenda.next() == now) {
            cause = EventLog.NONE;
            agenda.take().run();
        }
        cause = EventLog.NONE;
    }

    /** A thread in a socket looks like any other parked thread, and who will wake it comes from outside. */
    private void findSocketWaits() {
        alive.stream()
                .filter(thread -> jdk.rest(thread.thread()) == JdkVirtualThreads.Rest.PARKED)
                .filter(EscapeReports::waitsForSocket)
                .findFirst()
                .ifPresent(thread -> fail(EscapeReports.socket(thread)));
    }

    private List<String> busiest() {
        return alive.stream()
                .sorted(Comparator.comparingLong(SimulatedThread::steps).reversed())
                .limit(BUSIEST)
                .map(thread -> thread + " (" + thread.steps() + ")")
                .toList();
    }

    /** A thread of the simulation was started or woken. May be called by any thread. */
    void submitted(SimulatedThread thread, Runnable continuation) {
        if (!isTurn()) {
            Thread foreign = Thread.currentThread();
            intrusion.compareAndSet(null, new Intrusion(thread, foreign, EscapeReports.stackOf(foreign)));
            return;
        }
        if (!thread.accepts(continuation)) {
            fail(EscapeReports.ownThread(thread));
            // outside it may run: it may be the thread by which the JDK, from now on, watches all sockets of this JVM
            Thread.ofPlatform().daemon().start(continuation);
            return;
        }
        thread.woken(cause());
        long stall = thread.takeStall();
        if (stall == 0) {
            makeReady(thread);
        } else {
            at(now + stall, () -> makeReady(thread));
        }
    }

    private void makeReady(SimulatedThread thread) {
        if (!thread.lane().isDead()) {
            ready.add(thread);
        }
    }

    private long cause() {
        return current == null ? cause : current.cause();
    }

    private boolean isTurn() {
        Thread caller = Thread.currentThread();
        SimulatedThread running = current;
        Thread holder = owner;
        return holder == null || caller == holder || running != null && running.thread() == caller;
    }

    private void requireTurn(String what) {
        if (!isTurn()) {
            Thread foreign = Thread.currentThread();
            fail(EscapeReports.touched(what, foreign));
            throw new IllegalStateException(
                    "thread " + foreign.getName() + " is not part of the simulation and " + what);
        }
    }

    /** Sees to it that the real caller gets an answer even if a thread of the simulation never comes to rest. */
    private void watch(Thread carrier) {
        long seen = -1;
        Duration still = Duration.ZERO;
        try {
            while (!carrier.join(LOOK)) {
                long steps = progress.get();
                still = steps == seen ? still.plus(LOOK) : Duration.ZERO;
                seen = steps;
                if (still.compareTo(limits.wallTimePerStep()) >= 0) {
                    stopped = true;
                    fail(stuck(still, carrier));
                    return;
                }
            }
        } catch (InterruptedException given) {
            stopped = true;
            fail(stuck(still, carrier));
            Thread.currentThread().interrupt();
        }
    }

    private Failure stuck(Duration still, Thread carrier) {
        SimulatedThread running = current;
        return running == null
                ? new Failure.Stuck("simulator", still, EscapeReports.stackOf(carrier))
                : new Failure.Stuck(running.fullName(), still, EscapeReports.stackOf(running.thread()));
    }

    /** The names of the threads that have neither ended nor died with their lane, host first. */
    public Collection<String> alive() {
        return alive.stream().map(SimulatedThread::fullName).toList();
    }

    /** The stacks of the same threads. To be asked when nothing runs. */
    public Map<String, List<StackTraceElement>> waiting() {
        Map<String, List<StackTraceElement>> stacks = new LinkedHashMap<>();
        alive.forEach(thread -> stacks.put(thread.fullName(), EscapeReports.stackOf(thread.thread())));
        return stacks;
    }

    /** How many timers of threads are still to fire, of lanes that are not dead. */
    public long timers() {
        return timers.stream().filter(timer -> !timer.lane.isDead()).count();
    }

    public long steps() {
        return steps;
    }

    /** Equal for runs in which the same happened, in this process and in others. */
    public long hash() {
        return hash.value();
    }

    public EventLog log() {
        return log;
    }

    /** The longest durations become the longest time that can be said in nanoseconds. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return a >= 0 && b >= 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }
}
