package org.actium.object.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/**
 * Serves the calls of one body that do not queue, on threads of their own; made only for bodies that have such methods.
 *
 * <p>Calls of methods that are served per caller wait in a lane for each caller, which is one thread. A lane ends with
 * the body, and when its caller is found dead; that of the threads that serve no active object, which have no identity,
 * ends when it was not used from one look to the next.
 */
final class ImmediateServices implements AutoCloseable {

    private final Body body;
    private final Threads threads;
    private final Time time;
    private final Waits waits;
    private final Predicate<BodyId> alive;
    private final Duration period;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Optional<BodyId>, Lane> lanes = new LinkedHashMap<>(); // guarded by lock
    private Registration look = () -> {}; // guarded by lock
    private boolean closed; // guarded by lock
    private volatile Map<String, Mode> modes = Map.of(); // by signature; replaced as a whole

    /** On which thread a method is served. */
    enum Mode {
        OWN_THREAD,
        THREAD_OF_CALLER
    }

    /**
     * @param alive whether a caller may still call; may block for a round trip
     * @param period how long a thread may outlive its caller, about
     */
    ImmediateServices(Body body, Threads threads, Time time, Waits waits, Predicate<BodyId> alive, Duration period) {
        this.body = body;
        this.threads = threads;
        this.time = time;
        this.waits = waits;
        this.alive = alive;
        this.period = period;
    }

    /** The thread of service only. @param mode empty for methods that queue again */
    void declare(List<String> signatures, Optional<Mode> mode) {
        Map<String, Mode> changed = new HashMap<>(modes);
        for (String signature : signatures) {
            mode.ifPresentOrElse(declared -> changed.put(signature, declared), () -> changed.remove(signature));
        }
        modes = changed;
    }

    /** Any thread. */
    boolean takes(Request request) {
        return takes(request.signature());
    }

    boolean takes(String signature) {
        return modes.containsKey(signature);
    }

    /** Any thread; does not block. */
    void serve(Request request) {
        lock.lock();
        try {
            if (!closed) {
                start(request);
                return;
            }
        } finally {
            lock.unlock();
        }
        body.refuse(request);
    }

    private void start(Request request) {
        if (modes.get(request.signature()) == Mode.THREAD_OF_CALLER) {
            Lane lane = lanes.get(request.sender());
            if (lane == null) {
                lane = new Lane(new LinkedBlockingQueue<>());
                lanes.put(request.sender(), lane);
                threads.start(
                        body.name() + " for "
                                + request.sender().map(BodyId::toString).orElse("others"),
                        lane);
                lookLater();
            }
            lane.add(request);
        } else {
            threads.run(() -> serve(request, new Outbox(waits)));
        }
    }

    private void serve(Request request, Outbox outbox) {
        ImmediateContext context = new ImmediateContext(body, outbox, request);
        CurrentContext.run(context, () -> body.serveImmediately(request, context));
    }

    /** Ends the threads of callers; what waits for them is refused. */
    @Override
    public void close() {
        List<Lane> all;
        lock.lock();
        try {
            closed = true;
            look.close();
            all = List.copyOf(lanes.values());
            lanes.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Lane::end);
    }

    private void lookLater() {
        if (lanes.size() == 1) {
            look = time.after(period, this::lookForDeadCallers);
        }
    }

    private void lookForDeadCallers() {
        List<Optional<BodyId>> callers;
        lock.lock();
        try {
            callers = List.copyOf(lanes.keySet());
        } finally {
            lock.unlock();
        }
        List<Optional<BodyId>> dead = new ArrayList<>(); // asked without the lock: asking may take a while
        for (Optional<BodyId> caller : callers) {
            if (caller.isPresent() && !alive.test(caller.get())) {
                dead.add(caller);
            }
        }
        lock.lock();
        try {
            dead.forEach(caller -> Optional.ofNullable(lanes.remove(caller)).ifPresent(Lane::endAfterQueue));
            Lane others = lanes.get(Optional.<BodyId>empty());
            if (others != null && others.wasIdleSinceLastLook()) {
                lanes.remove(Optional.<BodyId>empty());
                others.endAfterQueue();
            }
            if (!lanes.isEmpty() && !closed) {
                look = time.after(period, this::lookForDeadCallers);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The thread of one caller. */
    private final class Lane implements Runnable {
        private final BlockingQueue<Optional<Request>> queue; // empty: the end
        private volatile boolean refusing;
        private boolean used; // guarded by lock

        Lane(BlockingQueue<Optional<Request>> queue) {
            this.queue = queue;
        }

        void add(Request request) {
            used = true;
            queue.add(Optional.of(request));
        }

        boolean wasIdleSinceLastLook() {
            boolean idle = !used && queue.isEmpty();
            used = false;
            return idle;
        }

        void endAfterQueue() {
            queue.add(Optional.empty());
        }

        void end() {
            refusing = true;
            endAfterQueue();
        }

        @Override
        public void run() {
            Outbox outbox = new Outbox(waits);
            while (true) {
                Optional<Request> next = take();
                if (next.isEmpty()) {
                    return;
                }
                if (refusing) {
                    body.refuse(next.get());
                } else {
                    serve(next.get(), outbox);
                }
            }
        }

        private Optional<Request> take() {
            while (true) {
                try {
                    return queue.take();
                } catch (InterruptedException meant) {
                    // by a method for itself, which is over: the next call begins without it
                }
            }
        }
    }
}
