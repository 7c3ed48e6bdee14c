package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.NothingListensException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/**
 * A network in memory. Frames are delivered by a thread for each end of a connection, or, while it is
 * {@linkplain #hold held}, one at a time by the test. It can lose everything silently, and cut all connections.
 */
final class MemoryNetwork implements Transport {

    private final String name;
    private final AtomicInteger ports = new AtomicInteger(1000);
    private final Map<Endpoint, Acceptor> listeners = new ConcurrentHashMap<>();
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> admissions = peer -> {};
    private volatile Consumer<byte[]> sendings = frame -> {};
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private boolean held;
    private int sent;
    private boolean silent;
    private int breaking;
    private int busy;
    private Optional<Error> failing = Optional.empty();

    MemoryNetwork() {
        this(Endpoint.TCP);
    }

    MemoryNetwork(String name) {
        this.name = name;
    }

    /** From now on only {@link #deliverOne} delivers. */
    void hold() {
        change(() -> held = true);
    }

    void release() {
        change(() -> held = false);
    }

    /** From now on everything that is sent is lost, and nobody is told. */
    void fallSilent() {
        change(() -> silent = true);
    }

    void recover() {
        change(() -> silent = false);
    }

    /** What is sent on the connections there are now is lost, and nobody is told. Those that are made from now on work. */
    void muffle() {
        change(() -> ends.forEach(end -> end.muffled = true));
    }

    /** So many connections that are made next break when something is sent on them. */
    void breakNext(int connections) {
        change(() -> breaking = connections);
    }

    private boolean isNextBreaking() {
        lock.lock();
        try {
            return breaking-- > 0;
        } finally {
            lock.unlock();
        }
    }

    /** The next dial ends with it. */
    void failNext(Error error) {
        change(() -> failing = Optional.of(error));
    }

    private void failIfToldTo() {
        Optional<Error> error;
        lock.lock();
        try {
            error = failing;
            failing = Optional.empty();
        } finally {
            lock.unlock();
        }
        error.ifPresent(thrown -> {
            throw thrown;
        });
    }

    /** Told when one end of a connection admits the other one, on the thread that delivers there; blocks it if it blocks. */
    void whenAdmitted(Consumer<String> told) {
        admissions = told;
    }

    /** Told of each frame, by the one who sends it. */
    void whenSent(Consumer<byte[]> told) {
        sendings = told;
    }

    /** Whether everything that was sent is delivered. */
    boolean isIdle() {
        lock.lock();
        try {
            return busy == 0 && ends.stream().allMatch(end -> end.events.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** How many frames were sent until now. */
    int sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was sent is delivered. */
    void awaitIdle() {
        lock.lock();
        try {
            while (busy > 0 || ends.stream().anyMatch(end -> !end.events.isEmpty())) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Every connection there is now breaks; both sides notice. */
    void cut() {
        ends.forEach(end -> end.enqueueClose("connection lost: cut"));
    }

    /** Nobody listens there any more; the connections stay. */
    void leave(Endpoint endpoint) {
        listeners.remove(endpoint);
    }

    /** Whoever listens there is gone, with all connections there are. */
    void kill(Endpoint endpoint) {
        listeners.remove(endpoint);
        cut();
        awaitIdle();
    }

    /** How many ends of connections are open. */
    long open() {
        lock.lock();
        try {
            return ends.stream().filter(end -> !end.closed).count();
        } finally {
            lock.unlock();
        }
    }

    /** Ends of connections that were ever made. */
    List<End> ends() {
        return ends;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** While the network is held: delivers the next event of one end chosen at random; false if there is none. */
    boolean deliverOne(RandomGenerator random) {
        List<End> ready = new ArrayList<>(ends.stream().filter(End::hasEvent).toList());
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(random.nextInt(ready.size())).deliverNext();
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        Endpoint real = endpoint.port() == 0 ? new Endpoint(name, endpoint.host(), ports.incrementAndGet()) : endpoint;
        if (listeners.putIfAbsent(real, acceptor) != null) {
            throw new IOException("cannot listen at " + real + ": in use");
        }
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return real;
            }

            @Override
            public void close() {
                listeners.remove(real, acceptor);
            }
        };
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        failIfToldTo();
        Acceptor acceptor = listeners.get(endpoint);
        if (acceptor == null) {
            throw new NothingListensException("cannot connect to " + endpoint + ": nobody listens");
        }
        End near = new End("memory:" + endpoint);
        End far = new End("memory:dialler");
        near.other = far;
        far.other = near;
        near.handler = handler;
        far.handler = isNextBreaking() ? new Breaking() : acceptor.accepted(far);
        ends.addAll(List.of(near, far));
        Thread.startVirtualThread(near::deliverAll);
        Thread.startVirtualThread(far::deliverAll);
        return near;
    }

    private static final class Breaking implements ConnectionHandler {
        @Override
        public void received(Connection from, ByteBuffer frame) {
            from.close();
        }

        @Override
        public void closed(Connection connection, String reason) {}
    }

    /** One side of a connection. */
    final class End implements Connection {

        private final String peer;
        private End other;
        private ConnectionHandler handler;
        // guarded by lock
        private final Queue<Runnable> events = new ArrayDeque<>();
        private boolean closing;
        private boolean closed;
        private boolean muffled;

        End(String peer) {
            this.peer = peer;
        }

        /** Hands this side a frame, as if the other had sent it. */
        void inject(byte[] frame) {
            enqueue(() -> receive(ByteBuffer.wrap(frame)));
        }

        /** Loses the connection on this side only. */
        void lose() {
            enqueueClose("connection lost: on one side");
        }

        private void receive(ByteBuffer frame) {
            try {
                handler.received(this, frame);
            } catch (RuntimeException failed) {
                enqueueClose("a frame could not be handled: " + failed);
                other.enqueueClose("closed by the other side");
            }
        }

        @Override
        public void send(ByteBuffer head, ByteBuffer body) throws IOException {
            byte[] frame = new byte[head.remaining() + body.remaining()];
            head.get(head.position(), frame, 0, head.remaining());
            body.get(body.position(), frame, head.remaining(), body.remaining());
            sendings.accept(frame);
            boolean lost;
            lock.lock();
            try {
                if (closing) {
                    throw new IOException("the connection is closed");
                }
                sent++;
                lost = silent || muffled;
            } finally {
                lock.unlock();
            }
            if (!lost) {
                other.inject(frame);
            }
        }

        @Override
        public boolean trySend(ByteBuffer head, ByteBuffer body) throws IOException {
            send(head, body);
            return true;
        }

        @Override
        public void admit() {
            admissions.accept(peer);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (closing) {
                    return;
                }
                events.clear();
            } finally {
                lock.unlock();
            }
            enqueueClose("closed by this side");
            if (!muffled) {
                other.enqueueClose("closed by the other side");
            }
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public Optional<String> host() {
            return Optional.of("memory");
        }

        private void enqueueClose(String reason) {
            change(() -> {
                if (!closing) {
                    closing = true;
                    events.add(() -> {
                        change(() -> closed = true);
                        handler.closed(this, reason);
                    });
                }
            });
        }

        private void enqueue(Runnable event) {
            change(() -> {
                if (!closing) {
                    events.add(event);
                }
            });
        }

        boolean hasEvent() {
            lock.lock();
            try {
                return !events.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        void deliverNext() {
            Runnable event;
            lock.lock();
            try {
                event = events.poll();
                busy++;
            } finally {
                lock.unlock();
            }
            if (event != null) {
                event.run();
            }
            change(() -> busy--);
        }

        private void deliverAll() {
            while (awaitEvent()) {
                deliverNext();
            }
        }

        private boolean awaitEvent() {
            lock.lock();
            try {
                while (!closed && (held || events.isEmpty())) {
                    changed.awaitUninterruptibly();
                }
                return !closed;
            } finally {
                lock.unlock();
            }
        }
    }
}
