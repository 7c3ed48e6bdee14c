package org.actium.simulation.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Waiters;

/**
 * One end of a connection. Sending takes room in a window that reading at the other end gives back; what arrives out of
 * order waits for what was sent before it.
 */
final class SimulatedConnection implements Connection {

    private final Scheduler scheduler;
    private final NetworkConditions conditions;
    private final NetworkHost host;
    private final Lane lane;
    private final String name;
    private final String peerAddress;
    private final Path out;

    private SimulatedConnection otherEnd;

    private final Deque<Frame> unread = new ArrayDeque<>();
    private final Waiters room = new Waiters();
    private long sent;
    private long unreadBytes;
    private boolean breaking;

    private final Map<Long, Frame> early = new TreeMap<>();
    private final Queue<Frame> inbox = new ArrayDeque<>();
    private final Waiters arrivals = new Waiters();
    private long expected;

    /** Why it is closed; {@code null} while it is open. */
    private String reason;

    /** Half-open: what is sent here arrives nowhere, and nothing arrives here. */
    private boolean vanished;

    /** @param name this end first, then the other one */
    SimulatedConnection(
            Scheduler scheduler,
            NetworkConditions conditions,
            NetworkHost host,
            String name,
            String peerAddress,
            Path out) {
        this.scheduler = scheduler;
        this.conditions = conditions;
        this.host = host;
        this.lane = host.lane();
        this.name = name;
        this.peerAddress = peerAddress;
        this.out = out;
    }

    void connect(SimulatedConnection other) {
        otherEnd = other;
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body) throws IOException {
        int length = head.remaining() + body.remaining();
        if (length > MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes is too long; " + MAX_FRAME_BYTES + " are allowed");
        }
        scheduler.preempt();
        room.await(() -> reason != null || unreadBytes == 0 || unreadBytes + length <= conditions.windowBytes());
        if (reason != null) {
            throw new IOException("the connection is closed: " + reason);
        }
        byte[] bytes = new byte[length];
        head.get(head.position(), bytes, 0, head.remaining());
        body.get(body.position(), bytes, head.remaining(), body.remaining());
        MessageId id = nextId();
        transmit(Frame.of(id, bytes, scheduler.now(), scheduler.record("send", id.toString(), bytes)));
    }

    private MessageId nextId() {
        return new MessageId(name, sent++);
    }

    private void transmit(Frame frame) {
        unread.add(frame);
        unreadBytes += frame.length();
        out.carry(frame.id(), frame.length(), new Packet() {
            @Override
            public void arrived() {
                otherEnd.accept(frame);
            }

            @Override
            public void held() {
                breakLater(frame);
            }
        });
    }

    /** A frame has come to the host of this end. */
    private void accept(Frame frame) {
        if (lane.isDead() && host.answers()) {
            tellReset();
        } else if (lane.isDead() || vanished) {
            otherEnd.breakLater(frame);
        } else {
            frame.arrive();
            early.put(frame.id().number(), frame);
            for (Frame next = early.remove(expected); next != null; next = early.remove(expected)) {
                inbox.add(next);
                expected++;
            }
            arrivals.wake();
        }
    }

    /** Hands what arrives to the handler until the connection is closed by either side, then tells it so. */
    void read(ConnectionHandler handler) {
        try {
            readFrames(handler);
        } catch (RuntimeException failed) {
            shutAndTell("a frame could not be handled: " + failed);
        }
        handler.closed(this, reason);
    }

    private void readFrames(ConnectionHandler handler) {
        while (true) {
            arrivals.await(() -> reason != null || !inbox.isEmpty());
            if (reason != null) {
                return;
            }
            Frame frame = inbox.remove();
            if (frame.isEnd()) {
                shut("closed by the other side");
                return;
            }
            scheduler.record("receive", frame.id().toString(), frame.length(), frame.event());
            handler.received(this, ByteBuffer.wrap(frame.bytes()));
            frame.destroy();
            out.carry(() -> otherEnd.wasRead(frame));
        }
    }

    private void wasRead(Frame frame) {
        if (!vanished && unread.remove(frame)) {
            unreadBytes -= frame.length();
            room.wake();
        }
    }

    @Override
    public void close() {
        shutAndTell("closed by this side");
    }

    @Override
    public String peer() {
        return peerAddress;
    }

    /** The other end learns it after all frames that were sent before. */
    void shutAndTell(String why) {
        if (reason == null) {
            shut(why);
            MessageId id = nextId();
            transmit(Frame.end(id, scheduler.now(), scheduler.record("end", id.toString(), 0)));
        }
    }

    /** Closes this end; the other one has to find out. */
    void shut(String why) {
        if (reason == null) {
            reason = why;
            scheduler.record("closed", name + ": " + why, 0);
            room.wake();
            arrivals.wake();
        }
    }

    /** Both ends lose what was on its way and know it. */
    void reset() {
        shut("connection lost: reset");
        otherEnd.shut("connection lost: reset");
    }

    /** The system of this host, where nobody knows this connection any more, tells the other end so. */
    void tellReset() {
        out.carry(() -> otherEnd.shut("connection lost: reset by the other side"));
    }

    /** Neither end hears of the other any more, and neither is told. */
    void vanish() {
        vanished = true;
        otherEnd.vanished = true;
    }

    /** Breaks this end if that frame, or a later one, never arrives. */
    private void breakLater(Frame frame) {
        if (!breaking) {
            breaking = true;
            scheduler.at(brokenAt(frame), this::breakIfStuck);
        }
    }

    private void breakIfStuck() {
        breaking = false;
        unread.stream().filter(frame -> !frame.hasArrived()).findFirst().ifPresent(stuck -> {
            if (brokenAt(stuck) <= scheduler.now()) {
                shut("connection lost: the other side does not answer");
            } else {
                breakLater(stuck);
            }
        });
    }

    private long brokenAt(Frame frame) {
        return frame.sentAt() + conditions.breakAfter().toNanos();
    }

    boolean isOpen() {
        return reason == null && !lane.isDead();
    }

    /** Whether the system of this host still tries to get something through. */
    boolean hasUnread() {
        return !unread.isEmpty();
    }

    NetworkHost near() {
        return host;
    }

    Lane lane() {
        return lane;
    }

    SimulatedConnection otherEnd() {
        return otherEnd;
    }

    @Override
    public String toString() {
        return name;
    }
}
