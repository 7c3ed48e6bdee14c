package org.actium.object.scenarios;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** Several runtimes in one JVM: frames go through a reader thread for each direction, and can be cut. */
final class MemoryNetwork implements AutoCloseable {

    private final Map<RuntimeId, MemoryLinks> runtimes = new ConcurrentHashMap<>();
    private final Map<RuntimeId, Recorder> recorders = new ConcurrentHashMap<>();
    private volatile boolean held;
    private volatile boolean broken;

    private record Recorder(Channel channel, List<byte[]> frames) {}

    Links links(RuntimeId id, String name) {
        MemoryLinks links = new MemoryLinks(new RuntimeAddress(id, name, List.of()));
        runtimes.put(id, links);
        return links;
    }

    /** From now on links are found open, and closed when something is sent over them. */
    void breakWhileSending() {
        broken = true;
    }

    /** From now on nothing that is sent arrives. */
    void hold() {
        held = true;
    }

    /** From now on what is sent arrives again. */
    void resume() {
        held = false;
    }

    /** Frames of the channel that reach the runtime from now on, in a list that grows. */
    List<byte[]> record(RuntimeId to, Channel channel) {
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        recorders.put(to, new Recorder(channel, frames));
        return frames;
    }

    /** Hands a frame over as if it came from there. @return false if that closed the link */
    boolean inject(RuntimeId from, RuntimeId to, Channel channel, ByteBuffer frame) {
        MemoryLinks receiver = runtimes.get(to);
        MemoryLinks sender = runtimes.get(from);
        try {
            receiver.handlers.get(channel).received(receiver.to(sender.self), frame);
            return true;
        } catch (RuntimeException garbage) {
            receiver.lose(from, "garbage: " + garbage);
            sender.lose(to, "closed by the other side");
            return false;
        }
    }

    /** The runtime vanishes: its links close, nobody reaches it any more. */
    void kill(RuntimeId id) {
        MemoryLinks gone = runtimes.remove(id);
        gone.cut("killed");
        runtimes.values().forEach(other -> other.lose(id, "killed"));
    }

    @Override
    public void close() {
        runtimes.values().forEach(links -> links.cut("test ends"));
    }

    private final class MemoryLinks implements Links {
        private final RuntimeAddress self;
        private final Map<Channel, FrameHandler> handlers = new ConcurrentHashMap<>();
        private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
        private final Map<RuntimeId, MemoryLink> links = new HashMap<>();

        MemoryLinks(RuntimeAddress self) {
            this.self = self;
        }

        @Override
        public RuntimeAddress self() {
            return self;
        }

        @Override
        public synchronized Link to(RuntimeAddress peer) {
            MemoryLinks other = runtimes.get(peer.id());
            if (other == null) {
                throw new UnreachableException("nobody answers at " + peer);
            }
            return links.computeIfAbsent(peer.id(), id -> new MemoryLink(this, other));
        }

        MemoryNetwork network() {
            return MemoryNetwork.this;
        }

        synchronized void lose(RuntimeId peer, String reason) {
            MemoryLink link = links.remove(peer);
            if (link != null) {
                link.close(reason);
            }
        }

        synchronized void cut(String reason) {
            List.copyOf(links.keySet()).forEach(peer -> lose(peer, reason));
        }

        @Override
        public RuntimeAddress resolve(Endpoint endpoint) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Optional<Link> existing(RuntimeId peer) {
            return Optional.ofNullable(links.get(peer));
        }

        @Override
        public synchronized List<Link> all() {
            return List.copyOf(links.values());
        }

        @Override
        public Link join(Endpoint parent, JoinToken token, Duration timeout) {
            throw new UnsupportedOperationException("all runtimes here know each other");
        }

        @Override
        public Registration handle(Channel channel, FrameHandler handler) {
            handlers.put(channel, handler);
            return () -> handlers.remove(channel);
        }

        @Override
        public Registration listen(LinkListener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    /** One direction; the other one is another object with the same two ends. */
    private static final class MemoryLink implements Link {
        private final MemoryLinks from;
        private final MemoryLinks to;
        private final ExecutorService reader = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("reader").factory());
        private volatile boolean open = true;

        MemoryLink(MemoryLinks from, MemoryLinks to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public RuntimeAddress peer() {
            return to.self;
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            if (!open || from.network().broken) {
                throw new LinkClosedException("link to " + to.self + " is closed");
            }
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            if (!from.network().held) {
                reader.execute(() -> deliver(channel, bytes));
            }
        }

        private void deliver(Channel channel, byte[] bytes) {
            Recorder recorder = from.network().recorders.get(to.self.id());
            if (recorder != null && recorder.channel() == channel) {
                recorder.frames().add(bytes);
            }
            FrameHandler handler = to.handlers.get(channel);
            if (handler != null) {
                handler.received(to.to(from.self), ByteBuffer.wrap(bytes));
            } else {
                ByteBuffer start = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, FrameHandler.REFUSED_BYTES));
                from.handlers.get(channel).refused(this, start);
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(String reason) {
            open = false;
            reader.shutdown();
            from.listeners.forEach(listener -> listener.closed(this, reason));
        }
    }
}
