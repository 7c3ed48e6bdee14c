package org.actium.simulation.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The only class that reaches into the JDK. It needs two things no public interface of JDK 25 offers: virtual threads
 * whose continuations run on an executor of ours, and what exactly a thread that stopped running waits for, because
 * {@link Thread.State} does not tell a park from {@code Object.wait}.
 */
final class JdkVirtualThreads {

    /** What a thread does after the scheduler let it run. */
    enum Rest {
        /** It may run again: it yielded, or was woken before it came to rest. */
        READY,
        /** {@code LockSupport.park}: only another thread of the simulation wakes it. */
        PARKED,
        /** {@code Thread.sleep}, {@code parkNanos} and all that is built on them: woken by a clock of the JDK. */
        TIMED_PARK,
        /** Entering a monitor that a thread which came to rest holds: woken by a thread of the JDK. */
        CONTENDED,
        /** {@code Object.wait}: woken by a thread of the JDK. */
        MONITOR_WAIT,
        ENDED
    }

    private static final String OPEN = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final int SUSPENDED = 1 << 8;

    private final MethodHandle newThread;
    private final MethodHandle state;
    private final MethodHandle timeOut;
    private final Rest[] rests;

    private JdkVirtualThreads(MethodHandle newThread, MethodHandle state, MethodHandle timeOut, Rest[] rests) {
        this.newThread = newThread;
        this.state = state;
        this.timeOut = timeOut;
        this.rests = rests;
    }

    /** @throws UnsupportedJdkException if this JDK is closed to us or has changed, saying what to do */
    static JdkVirtualThreads reach() {
        Class<?> builders = internal("java.lang.ThreadBuilders");
        Class<?> virtual = internal("java.lang.VirtualThread");
        try {
            MethodHandles.Lookup inBuilders = MethodHandles.privateLookupIn(builders, MethodHandles.lookup());
            MethodHandles.Lookup inVirtual = MethodHandles.privateLookupIn(virtual, MethodHandles.lookup());
            MethodHandle newThread = inBuilders.findStatic(
                    builders,
                    "newVirtualThread",
                    MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
            MethodHandle state = inVirtual
                    .findGetter(virtual, "state", int.class)
                    .asType(MethodType.methodType(int.class, Thread.class));
            MethodHandle timeOut = inVirtual
                    .findGetter(virtual, "timeoutTask", Future.class)
                    .asType(MethodType.methodType(Object.class, Thread.class));
            JdkVirtualThreads threads = new JdkVirtualThreads(newThread, state, timeOut, rests(inVirtual, virtual));
            threads.tryOut();
            return threads;
        } catch (IllegalAccessException closed) {
            throw new UnsupportedJdkException(
                    "the simulator cannot reach java.lang of JDK " + Runtime.version() + ": add " + OPEN
                            + " to the arguments of this JVM",
                    closed);
        } catch (NoSuchMethodException | NoSuchFieldException changed) {
            throw new UnsupportedJdkException(
                    "the simulator knows JDK 25, this is JDK " + Runtime.version() + ", where " + changed.getMessage()
                            + " is missing; newVirtualThread is there as " + signatures(builders)
                            + ": run on JDK 25, or adapt " + JdkVirtualThreads.class.getName(),
                    changed);
        }
    }

    /** A thread that is not started; starting and waking it calls the executor. */
    Thread unstarted(Executor executor, String name, Runnable task) {
        try {
            return (Thread) newThread.invokeExact(executor, name, 0, task);
        } catch (Throwable impossible) {
            throw new AssertionError("creating a virtual thread failed", impossible);
        }
    }

    /** To be asked while the thread is not mounted. */
    Rest rest(Thread thread) {
        try {
            Rest rest = rests[(int) state.invokeExact(thread) & ~SUSPENDED];
            // a time-out of some nanoseconds is over before the thread has come to rest; its timer is still there to be
            // seen
            return rest == Rest.READY && (Object) timeOut.invokeExact(thread) != null ? Rest.TIMED_PARK : rest;
        } catch (Throwable impossible) {
            throw new AssertionError("reading the state of a virtual thread failed", impossible);
        }
    }

    private static Class<?> internal(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new UnsupportedJdkException(
                    "the simulator knows JDK 25, this is JDK " + Runtime.version() + ", which has no class " + name
                            + ": run on JDK 25, or adapt " + JdkVirtualThreads.class.getName(),
                    gone);
        }
    }

    private static Rest[] rests(MethodHandles.Lookup lookup, Class<?> virtual)
            throws NoSuchFieldException, IllegalAccessException {
        Rest[] rests = new Rest[SUSPENDED];
        Arrays.fill(rests, Rest.READY);
        rests[constant(lookup, virtual, "PARKED")] = Rest.PARKED;
        rests[constant(lookup, virtual, "TIMED_PARKED")] = Rest.TIMED_PARK;
        rests[constant(lookup, virtual, "BLOCKED")] = Rest.CONTENDED;
        rests[constant(lookup, virtual, "WAIT")] = Rest.MONITOR_WAIT;
        rests[constant(lookup, virtual, "TIMED_WAIT")] = Rest.MONITOR_WAIT;
        rests[constant(lookup, virtual, "TERMINATED")] = Rest.ENDED;
        return rests;
    }

    private static int constant(MethodHandles.Lookup lookup, Class<?> virtual, String name)
            throws NoSuchFieldException, IllegalAccessException {
        return (int) lookup.findStaticVarHandle(virtual, name, int.class).get();
    }

    /** One thread that parks once: its two halves must both arrive at the executor and nowhere else. */
    private void tryOut() {
        List<Runnable> submitted = new ArrayList<>();
        Thread thread = unstarted(submitted::add, "trial", LockSupport::park);
        thread.start();
        runLast(submitted, 1);
        Rest first = rest(thread);
        LockSupport.unpark(thread);
        runLast(submitted, 2);
        Rest last = rest(thread);
        if (first != Rest.PARKED || last != Rest.ENDED) {
            throw new UnsupportedJdkException(
                    "the simulator knows JDK 25; on this JDK " + Runtime.version()
                            + " a thread that parks and goes on was seen as " + first + " and " + last
                            + ": run on JDK 25, or adapt " + JdkVirtualThreads.class.getName(),
                    null);
        }
    }

    private static void runLast(List<Runnable> submitted, int expected) {
        if (submitted.size() == expected) {
            submitted.getLast().run();
        }
    }

    private static String signatures(Class<?> builders) {
        return Arrays.stream(builders.getDeclaredMethods())
                .filter(method -> method.getName().equals("newVirtualThread"))
                .map(Method::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
