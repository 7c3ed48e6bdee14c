package org.actium.remote.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel as the runtime in the middle sees it: what comes in on one link goes out on the other, unread. The ends grant each
 * other how much may be under way, so that no more than that ever waits here; an end that sends more loses the tunnel. It takes
 * a place until it has ended and nothing of it waits any more.
 */
final class Crossing implements TunnelEnd {

    private static final Logger LOG = LoggerFactory.getLogger(Crossing.class);

    private final Direction there;
    private final Direction back;
    private final Registry registry;
    private final Runnable over;
    private final AtomicBoolean forgotten = new AtomicBoolean();

    /** Frames that wait, and one more until the tunnel has ended; stays at 0. */
    private final AtomicInteger busy = new AtomicInteger(1);

    /** Forgets a port whose tunnel has ended. */
    @FunctionalInterface
    interface Registry {
        void remove(TunnelPort port);
    }

    private final class Direction {
        private final TunnelPort from;
        private final TunnelPort to;
        private final Sequence sending;
        private final AtomicInteger waiting = new AtomicInteger();

        Direction(TunnelPort from, TunnelPort to, Threads threads) {
            this.from = from;
            this.to = to;
            this.sending = new Sequence(threads);
        }

        void pass(byte type, ByteBuffer content) {
            if (busy.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
                return; // it ended at this moment
            }
            int bytes = content.remaining() + TunnelPort.HEAD_BYTES;
            waiting.addAndGet(bytes);
            sending.run(() -> {
                waiting.addAndGet(-bytes);
                try {
                    to.send(type, content);
                } catch (LinkClosedException gone) {
                    LOG.debug(
                            "{}: a frame of a tunnel is dropped", to.link(), gone); // it hears that the link is closed
                } finally {
                    leave();
                }
            });
        }
    }

    /** @param over run once, when nothing of the tunnel is left here */
    Crossing(TunnelPort one, TunnelPort other, Threads threads, Registry registry, Runnable over) {
        this.there = new Direction(one, other, threads);
        this.back = new Direction(other, one, threads);
        this.registry = registry;
        this.over = over;
    }

    /** Passes on who asks for the tunnel. */
    void open(ByteBuffer request) {
        there.pass(TunnelPort.OPEN, request);
    }

    @Override
    public void received(TunnelPort port, byte type, ByteBuffer content) {
        Direction direction = port.equals(there.from) ? there : back;
        if (direction.waiting.get() + content.remaining() > 2 * TunnelConnection.WINDOW) {
            LOG.warn(
                    "{} sends more into a tunnel to {} than it may; the tunnel ends", port.link(), direction.to.link());
            end(direction, "more was sent than the other side had granted");
            return;
        }
        direction.pass(
                type, ByteBuffer.allocate(content.remaining()).put(content).flip());
        if (type == TunnelPort.CLOSED) {
            forget();
        }
    }

    private void end(Direction direction, String why) {
        there.pass(TunnelPort.CLOSED, Texts.of(why));
        back.pass(TunnelPort.CLOSED, Texts.of(why));
        forget();
        LOG.debug("tunnel from {} to {} ends: {}", direction.from.link(), direction.to.link(), why);
    }

    @Override
    public void lost(TunnelPort port, String why) {
        Direction direction = port.equals(there.from) ? there : back;
        direction.pass(TunnelPort.CLOSED, Texts.of("the link of the one in the middle is closed: " + why));
        forget();
    }

    private void forget() {
        registry.remove(there.from);
        registry.remove(there.to);
        if (forgotten.compareAndSet(false, true)) {
            leave();
        }
    }

    private void leave() {
        if (busy.decrementAndGet() == 0) {
            over.run();
        }
    }
}
