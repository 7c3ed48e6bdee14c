package org.actium.object.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/**
 * Serves the calls of one body that do not queue, on threads of their own; made only for bodies that have such methods.
 *
 * <p>Calls of methods that are served per caller wait in a lane for each caller, which is one thread. A caller is an
 * active object, or a thread that serves none. A lane ends with the body, when its active object has ended or is out of
 * reach, and, since of other threads nobody knows, when one of these did not use it from one look to the next; in any
 * case only after it has served what came meanwhile, so that a caller never has two.
 */
final class ImmediateServices implements AutoCloseable {

    private final Server server;
    private final Threads threads;
    private final Time time;
    private final Supplier<Outbox> outboxes;
    private final Callers callers;
    private final Duration period;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Caller, Lane> lanes = new LinkedHashMap<>(); // guarded by lock; those whose thread has not ended
    private Registration look = () -> {}; // guarded by lock
    private boolean looking; // guarded by lock
    private boolean closed; // guarded by lock
    private volatile Map<String, Mode> modes = Map.of(); // by signature; replaced as a whole

    /** On which thread a method is served. */
    enum Mode {
        OWN_THREAD,
        THREAD_OF_CALLER
    }

    /** The body, as seen from here. */
    interface Server {
        String name();

        /** On this thread. @param sent what the requests of one lane send */
        void serveImmediately(Request request, Outbox sent);

        void refuse(Request request);
    }

    /** Knows who lives. */
    @FunctionalInterface
    interface Callers {

        /** Whether a caller may still call; may block for a round trip. @param home empty for this runtime */
        boolean mayLive(BodyId caller, Optional<RuntimeAddress> home);
    }

    /**
     * Whoever has a lane of its own.
     *
     * @param body empty for a thread that serves no active object
     * @param runtime where such a thread is, if it is elsewhere
     * @param thread which one of those there
     */
    private record Caller(Optional<BodyId> body, Optional<RuntimeId> runtime, long thread) {
        static Caller of(Request request) {
            return request.sender().isPresent()
                    ? new Caller(request.sender(), Optional.empty(), 0)
                    : new Caller(Optional.empty(), request.origin().map(RuntimeAddress::id), request.thread());
        }

        @Override
        public String toString() {
            return body.map(BodyId::toString).orElseGet(() -> "thread " + thread);
        }
    }

    /**
     * @param outboxes a new one for each sender
     * @param period how long a thread may outlive its caller, about
     */
    ImmediateServices(
            Server server, Threads threads, Time time, Supplier<Outbox> outboxes, Callers callers, Duration period) {
        this.server = server;
        this.threads = threads;
        this.time = time;
        this.outboxes = outboxes;
        this.callers = callers;
        this.period = period;
    }

    /**
     * The thread of service only. What is queued goes before everything that arrives from now on, so that the calls of
     * a caller keep their order.
     *
     * @param mode empty for methods that queue again
     * @param queued takes out of the queue, and claims, a request that is to be served; {@code null} if there is none
     */
    void declare(List<String> signatures, Optional<Mode> mode, Supplier<Request> queued) {
        Map<String, Mode> changed = new HashMap<>(modes);
        for (String signature : signatures) {
            mode.ifPresentOrElse(declared -> changed.put(signature, declared), () -> changed.remove(signature));
        }
        lock.lock();
        try {
            modes = changed;
            for (Request next = queued.get(); next != null; next = queued.get()) {
                serve(next);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Any thread. */
    boolean takes(Request request) {
        return takes(request.signature());
    }

    boolean takes(String signature) {
        return modes.containsKey(signature);
    }

    /** Any thread; does not block. The request is claimed. */
    void serve(Request request) {
        request.leaveToOthers();
        lock.lock();
        try {
            if (!closed) {
                start(request);
                return;
            }
        } finally {
            lock.unlock();
        }
        server.refuse(request);
    }

    private void start(Request request) {
        if (modes.get(request.signature()) == Mode.THREAD_OF_CALLER) {
            laneOf(request).add(request);
        } else {
            threads.run(() -> server.serveImmediately(request, outboxes.get()));
        }
    }

    private Lane laneOf(Request request) {
        Caller caller = Caller.of(request);
        Lane present = lanes.get(caller);
        if (present != null) {
            return present;
        }
        Lane lane = new Lane(caller, request.origin());
        lanes.put(caller, lane);
        threads.start(server.name() + " for " + caller, lane);
        if (!looking) {
            lookLater();
        }
        return lane;
    }

    /** Ends the threads of callers; what waits for them is refused. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            look.close();
            lanes.values().forEach(Lane::endWhenIdle);
        } finally {
            lock.unlock();
        }
    }

    private void lookLater() {
        looking = true;
        look = time.after(period, this::lookForDeadCallers);
    }

    /** Asks after all of them at once, without the lock: one that does not answer takes its time. */
    private void lookForDeadCallers() {
        List<Lane> all;
        lock.lock();
        try {
            all = List.copyOf(lanes.values());
        } finally {
            lock.unlock();
        }
        List<Lane> ofObjects =
                all.stream().filter(lane -> lane.caller.body().isPresent()).toList();
        if (ofObjects.isEmpty()) {
            conclude(all, List.of());
            return;
        }
        Queue<Lane> dead = new ConcurrentLinkedQueue<>();
        AtomicInteger asked = new AtomicInteger(ofObjects.size());
        for (Lane lane : ofObjects) {
            threads.run(() -> {
                try {
                    if (!callers.mayLive(lane.caller.body().orElseThrow(), lane.home)) {
                        dead.add(lane);
                    }
                } finally {
                    if (asked.decrementAndGet() == 0) {
                        conclude(all, dead);
                    }
                }
            });
        }
    }

    private void conclude(List<Lane> all, Collection<Lane> dead) {
        lock.lock();
        try {
            dead.forEach(Lane::endWhenIdle);
            all.stream().filter(lane -> lane.caller.body().isEmpty()).forEach(Lane::endIfUnused);
            looking = false;
            if (!lanes.isEmpty() && !closed) {
                lookLater();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The thread of one caller. */
    private final class Lane implements Runnable {
        private final Caller caller;
        private final Optional<RuntimeAddress> home;
        private final Queue<Request> queue = new ArrayDeque<>(); // guarded by lock
        private final Condition changed = lock.newCondition();
        private boolean ending; // guarded by lock: nothing more is expected
        private boolean used; // guarded by lock: since the last look
        private boolean serving; // guarded by lock

        Lane(Caller caller, Optional<RuntimeAddress> home) {
            this.caller = caller;
            this.home = home;
        }

        void add(Request request) {
            ending = false; // whoever was taken for dead lives
            used = true;
            queue.add(request);
            changed.signal();
        }

        void endWhenIdle() {
            ending = true;
            changed.signal();
        }

        void endIfUnused() {
            if (!used && !serving) {
                endWhenIdle();
            }
            used = false;
        }

        @Override
        public void run() {
            Outbox outbox = outboxes.get();
            for (Request next = take(); next != null; next = take()) {
                if (isClosed()) {
                    server.refuse(next);
                } else {
                    server.serveImmediately(next, outbox);
                }
            }
        }

        private boolean isClosed() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }

        /** The next request; {@code null} when the lane ends: from then on it is not found any more. */
        private Request take() {
            lock.lock();
            try {
                serving = false;
                used = true;
                while (queue.isEmpty() && !ending) {
                    changed.awaitUninterruptibly();
                }
                Thread.interrupted(); // by a method for itself, which is over: the next call begins without it
                if (queue.isEmpty()) {
                    lanes.remove(caller);
                    return null;
                }
                serving = true;
                return queue.remove();
            } finally {
                lock.unlock();
            }
        }
    }
}
