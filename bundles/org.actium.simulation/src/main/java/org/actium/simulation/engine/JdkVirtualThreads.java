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

    /** Looked up once and constant from then on, which makes calls through them as fast as any other. */
    private static final class Internals {

        private static final MethodHandle NEW_THREAD;
        private static final MethodHandle STATE;
        private static final MethodHandle TIME_OUT;
        private static final Rest[] RESTS;

        /** Why the others are missing; {@code null} if they are not. */
        private static final UnsupportedJdkException MISSING;

        static {
            MethodHandle newThread = null;
            MethodHandle state = null;
            MethodHandle timeOut = null;
            Rest[] rests = null;
            UnsupportedJdkException missing = null;
            try {
                Class<?> builders = internal("java.lang.ThreadBuilders");
                Class<?> virtual = internal("java.lang.VirtualThread");
                MethodHandles.Lookup inBuilders = opened(builders);
                MethodHandles.Lookup inVirtual = opened(virtual);
                newThread = newThread(inBuilders, builders);
                state = getter(inVirtual, virtual, "state", int.class, int.class);
                timeOut = getter(inVirtual, virtual, "timeoutTask", Future.class, Object.class);
                rests = rests(inVirtual, virtual);
            } catch (UnsupportedJdkException unsupported) {
                missing = unsupported;
            }
            NEW_THREAD = newThread;
            STATE = state;
            TIME_OUT = timeOut;
            RESTS = rests;
            MISSING = missing;
        }
    }

    private JdkVirtualThreads() {}

    /** @throws UnsupportedJdkException if this JDK is closed to us or has changed, saying what to do */
    static JdkVirtualThreads reach() {
        if (Internals.MISSING != null) {
            throw new UnsupportedJdkException(Internals.MISSING.getMessage(), Internals.MISSING);
        }
        JdkVirtualThreads threads = new JdkVirtualThreads();
        threads.tryOut();
        return threads;
    }

    /** A thread that is not started; starting and waking it calls the executor. */
    Thread unstarted(Executor executor, String name, Runnable task) {
        try {
            return (Thread) Internals.NEW_THREAD.invokeExact(executor, name, 0, task);
        } catch (Throwable impossible) {
            throw new AssertionError("creating a virtual thread failed", impossible);
        }
    }

    /** To be asked while the thread is not mounted. */
    Rest rest(Thread thread) {
        try {
            Rest rest = Internals.RESTS[(int) Internals.STATE.invokeExact(thread) & ~SUSPENDED];
            // a time-out of some nanoseconds is over before the thread has come to rest; its timer is still there to be
            // seen
            return rest == Rest.READY && (Object) Internals.TIME_OUT.invokeExact(thread) != null
                    ? Rest.TIMED_PARK
                    : rest;
        } catch (Throwable impossible) {
            throw new AssertionError("reading the state of a virtual thread failed", impossible);
        }
    }

    private static Class<?> internal(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw changed("there is no class " + name, gone);
        }
    }

    private static MethodHandles.Lookup opened(Class<?> internal) {
        try {
            return MethodHandles.privateLookupIn(internal, MethodHandles.lookup());
        } catch (IllegalAccessException closed) {
            throw new UnsupportedJdkException(
                    "the simulator cannot reach " + internal.getName() + " of JDK " + Runtime.version() + ": add "
                            + OPEN + " to the arguments of this JVM",
                    closed);
        }
    }

    private static MethodHandle newThread(MethodHandles.Lookup lookup, Class<?> builders) {
        try {
            return lookup.findStatic(
                    builders,
                    "newVirtualThread",
                    MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (NoSuchMethodException | IllegalAccessException gone) {
            throw changed("newVirtualThread is one of " + signatures(builders), gone);
        }
    }

    private static MethodHandle getter(
            MethodHandles.Lookup lookup, Class<?> virtual, String field, Class<?> type, Class<?> result) {
        try {
            return lookup.findGetter(virtual, field, type).asType(MethodType.methodType(result, Thread.class));
        } catch (NoSuchFieldException | IllegalAccessException gone) {
            throw changed(virtual.getName() + " has no field " + field + " of " + type, gone);
        }
    }

    private static Rest[] rests(MethodHandles.Lookup lookup, Class<?> virtual) {
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

    private static int constant(MethodHandles.Lookup lookup, Class<?> virtual, String name) {
        try {
            return (int) lookup.findStaticVarHandle(virtual, name, int.class).get();
        } catch (NoSuchFieldException | IllegalAccessException gone) {
            throw changed(virtual.getName() + " has no state " + name, gone);
        }
    }

    private static UnsupportedJdkException changed(String how, Throwable cause) {
        return new UnsupportedJdkException(
                "the simulator knows JDK 25; this is JDK " + Runtime.version() + ", where " + how
                        + ": run on JDK 25, or adapt " + JdkVirtualThreads.class.getName(),
                cause);
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
            throw changed("a thread that parks and goes on was seen as " + first + " and " + last, null);
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
