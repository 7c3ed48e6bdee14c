package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;
import org.actium.object.spi.WaitListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;

/** The one place where threads wait; tells whoever listens of threads of service. */
final class Waits {

    private static final VarHandle LISTENER;

    static {
        try {
            LISTENER = MethodHandles.lookup().findVarHandle(Waits.class, "listener", WaitListener.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final int LOOKS = 200;

    private final Time time;
    private final RuntimeId runtime;
    private final AtomicLong futures = new AtomicLong();
    private volatile WaitListener listener; // null if nobody listens

    Waits(Time time, RuntimeId runtime) {
        this.time = time;
        this.runtime = runtime;
    }

    /** For a future that has none yet. */
    FutureId nextFuture() {
        return new FutureId(runtime, futures.incrementAndGet());
    }

    /** @throws IllegalStateException if somebody listens already */
    Registration listen(WaitListener to) {
        if (!LISTENER.compareAndSet(this, null, to)) {
            throw new IllegalStateException("waits have a listener already, " + listener + "; there can be only one");
        }
        return () -> LISTENER.compareAndSet(this, to, null);
    }

    /** The listener of another runtime has sent a message. */
    void told(RuntimeAddress by, ByteBuffer message) {
        WaitListener present = listener;
        if (present != null) {
            present.told(by, message);
        }
    }

    /** @throws CancellationException at an interrupt, if that ends the wait */
    void await(Awaitable what) {
        WaitListener told = listener;
        if (told == null) {
            park(what, null);
        } else {
            announced(told, what, false, wait -> {
                park(what, wait);
                return true;
            });
        }
    }

    /** @return whether it is there; if not, the limit has passed */
    boolean await(Awaitable what, Duration limit) {
        WaitListener told = listener;
        return told == null ? park(what, limit, null) : announced(told, what, true, wait -> park(what, limit, wait));
    }

    /** An active object that creates another one waits for its constructor, which runs on the same thread. */
    void whileMaking(Body made, Runnable construction) {
        WaitListener told = listener;
        if (told == null) {
            construction.run();
        } else {
            announced(told, new Making(made), false, wait -> {
                construction.run();
                return true;
            });
        }
    }

    private record Making(Body made) implements Awaitable {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public Wait.Kind kind() {
            return Wait.Kind.FUTURE;
        }

        @Override
        public List<BodyId> producers() {
            return List.of(made.id());
        }

        @Override
        public Need need(Needs needs) {
            return needs.ofConstructor(made.id());
        }

        @Override
        public String what() {
            return "creation of " + made.type().getName() + " on " + made.node().name();
        }

        @Override
        public boolean interruptible() {
            return false;
        }
    }

    private interface Parking {
        /** @param wait {@code null} if it was not announced */
        boolean park(Announced wait);
    }

    private static boolean announced(WaitListener told, Awaitable what, boolean timed, Parking parking) {
        if (!(CurrentContext.get().orElse(null) instanceof Body body) || !body.isThreadOfService()) {
            return parking.park(null);
        }
        Announced wait = new Announced(body, what, timed, Thread.currentThread());
        told.begins(wait);
        try {
            return parking.park(wait);
        } finally {
            wait.end();
            told.ends(wait);
        }
    }

    private static void park(Awaitable what, Announced wait) {
        spin(what);
        boolean interrupted = false;
        while (!what.isThere()) {
            throwIfFailed(wait);
            LockSupport.park(what);
            if (what.interruptible()) {
                throwIfInterrupted(what);
            } else {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** For a thread of the system it costs more to rest than to wait some microseconds for what comes from next door. */
    private static void spin(Awaitable what) {
        what.hasten();
        if (Thread.currentThread().isVirtual()) {
            return;
        }
        what.fetch();
        for (int looks = 0; looks < LOOKS && !what.isThere(); looks++) {
            Thread.onSpinWait();
        }
    }

    private boolean park(Awaitable what, Duration limit, Announced wait) {
        spin(what);
        Thread waiting = Thread.currentThread();
        long start = time.nanos();
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        try (Registration _ = time.after(limit, () -> LockSupport.unpark(waiting))) {
            while (!what.isThere()) {
                if (time.nanos() - start >= nanos) {
                    return false;
                }
                throwIfFailed(wait);
                LockSupport.park(what);
                throwIfInterrupted(what);
            }
            return true;
        }
    }

    private static void throwIfInterrupted(Awaitable what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for " + what.what());
        }
    }

    private static void throwIfFailed(Announced wait) {
        if (wait != null && wait.failure() instanceof RuntimeException cause) {
            throw cause;
        }
    }

    /** A wait that somebody was told of. */
    private static final class Announced implements Wait {

        private static final Object ENDED = new Object();

        private final Body waiting;
        private final Optional<Request> serving;
        private final Awaitable what;
        private final boolean timed;
        private final Thread thread;
        private final AtomicReference<Object> end = new AtomicReference<>(); // why it fails, or ENDED

        Announced(Body waiting, Awaitable what, boolean timed, Thread thread) {
            this.waiting = waiting;
            this.serving = waiting.serving();
            this.what = what;
            this.timed = timed;
            this.thread = thread;
        }

        Object failure() {
            return end.get();
        }

        void end() {
            end.set(ENDED);
        }

        @Override
        public Kind kind() {
            return what.kind();
        }

        @Override
        public BodyId waiting() {
            return waiting.id();
        }

        @Override
        public String name() {
            return waiting.name();
        }

        @Override
        public String serving() {
            return serving.map(request -> waiting.type().getSimpleName() + "." + request.method())
                    .orElse("");
        }

        @Override
        public Need need() {
            return end.get() == null ? what.need(waiting.needs()) : Need.NONE;
        }

        @Override
        public StackTraceElement[] stack() {
            return thread.getStackTrace();
        }

        @Override
        public List<BodyId> producers() {
            return what.producers();
        }

        @Override
        public String what() {
            return what.what();
        }

        @Override
        public String future() {
            return what.futureId().map(FutureId::toString).orElse("");
        }

        @Override
        public boolean timed() {
            return timed;
        }

        @Override
        public boolean canFail() {
            return what.interruptible();
        }

        @Override
        public boolean fail(RuntimeException cause) {
            boolean fails = canFail() && end.compareAndSet(null, cause);
            if (fails) {
                LockSupport.unpark(thread);
            }
            return fails;
        }

        @Override
        public String toString() {
            return waiting.name() + " waits for " + what.what();
        }
    }
}
