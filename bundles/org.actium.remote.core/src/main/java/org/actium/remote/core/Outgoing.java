package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.spi.Connection;
import org.actium.runtime.spi.Threads;

/**
 * What a link has to send. Keeps each frame until the other side says that it has it, so that what a connection did not
 * bring over is sent again over the next one.
 *
 * <p>Any thread sends. The one that finds nobody writing leads: it writes its own frame, and then what others have put
 * behind it meanwhile, until nothing is left; so frames leave in the order in which they got their place here. A sender
 * that will send more at once calls another thread to lead, and goes on; until that has come, any other sender may lead
 * instead.
 */
final class Outgoing {

    /** So much may be on its way; further senders wait for the other side. */
    static final int WINDOW_BYTES = 4 << 20;

    /** What keeping a frame costs besides its bytes. */
    private static final int OVERHEAD_BYTES = 100;
    /** So many frames a sender writes for others before it may go on with its own work. */
    private static final int MAX_FRAMES_OF_A_SENDER = 256;

    private final Threads threads;
    private final boolean keeping;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final Deque<Frame> unacknowledged = new ArrayDeque<>();
    /** How many frames the other side has. */
    private long acknowledged;
    /** How many frames were handed to connections; what was handed to several of them counts once. */
    private long handed;

    private int keptBytes;
    private Connection connection; // null while there is none
    private boolean led;
    private String closed; // why; null while frames are taken
    private Runnable farewell; // null unless the last frame is there

    /** Whoever is to lead has not begun. Written under the lock. */
    private volatile boolean called;

    /** @param arrived told when the other side has it; not if nobody is told that it has */
    private record Frame(ByteBuffer head, ByteBuffer body, Runnable arrived) {

        Frame(ByteBuffer head, ByteBuffer body) {
            this(head, body, () -> {});
        }

        int bytes() {
            return OVERHEAD_BYTES + head.remaining() + body.remaining();
        }
    }

    /** What the leader does next. */
    private record Turn(Connection connection, Frame frame, boolean moreFollow) {}

    /** @param keeping whether the other side acknowledges; otherwise a frame is gone when it is written */
    Outgoing(Threads threads, boolean keeping) {
        this.threads = threads;
        this.keeping = keeping;
    }

    /**
     * Sends the frame, or keeps it for the next connection. Blocks while too much is on its way. Nobody may change the
     * buffers from now on.
     *
     * @throws LinkClosedException if nothing is sent any more
     */
    void send(ByteBuffer head, ByteBuffer body) {
        send(head, body, WINDOW_BYTES, () -> {});
    }

    /**
     * As the other, and leaves room for others: blocks while more than so many bytes are on their way.
     *
     * @param arrived called when the other side has it and nobody reads the buffers any more, if that is ever known; under a
     *     lock, so that it must be short
     */
    void send(ByteBuffer head, ByteBuffer body, int windowBytes, Runnable arrived) {
        lock.lock();
        try {
            put(new Frame(head, body, arrived), windowBytes);
            if (!takeLead()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        lead();
    }

    /** Writes what another thread was called to write, if it has not begun. */
    void flush() {
        if (!called) {
            return;
        }
        lock.lock();
        try {
            if (!called || !takeLead()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        lead();
    }

    /** Under the lock. @return false if somebody else leads, or nothing can be written */
    private boolean takeLead() {
        if (connection == null || (led && !called)) {
            return false;
        }
        led = true;
        called = false;
        return true;
    }

    /** As the first, but another thread writes. */
    void sendSoon(ByteBuffer head, ByteBuffer body) {
        lock.lock();
        try {
            put(new Frame(head, body), WINDOW_BYTES);
            if (connection != null) {
                leadElsewhere();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock; waits for room. */
    private void put(Frame frame, int windowBytes) {
        while (closed == null && keptBytes > 0 && keptBytes + frame.bytes() > windowBytes) {
            if (connection != null) {
                connection.readSoon(); // the other side says there that it has what was sent
            }
            changed.awaitUninterruptibly();
        }
        if (closed != null) {
            throw new LinkClosedException(closed);
        }
        add(frame);
    }

    private void add(Frame frame) {
        waiting.add(frame);
        keptBytes += frame.bytes();
    }

    /** Writes until nothing is left or there is no connection. */
    private void lead() {
        int count = 0;
        for (Turn turn = next(); turn != null; turn = next()) {
            try {
                turn.connection.send(turn.frame.head, turn.frame.body, turn.moreFollow);
            } catch (IOException broken) {
                turn.connection.close();
                suspend(turn.connection);
            }
            if (++count == MAX_FRAMES_OF_A_SENDER) {
                threads.run(this::lead);
                return;
            }
        }
    }

    /** The next frame; {@code null} if there is none now, and this thread does not lead any more. */
    private Turn next() {
        Runnable done;
        lock.lock();
        try {
            if (connection != null && !waiting.isEmpty()) {
                Frame frame = waiting.remove();
                if (keeping) {
                    unacknowledged.add(frame);
                    handed = Math.max(handed, acknowledged + unacknowledged.size());
                } else {
                    dropped(frame);
                }
                return new Turn(connection, frame, !waiting.isEmpty());
            }
            led = false;
            done = farewell;
            farewell = null;
        } finally {
            lock.unlock();
        }
        if (done != null) {
            done.run();
        }
        return null;
    }

    private void dropped(Frame frame) {
        keptBytes -= frame.bytes();
        changed.signalAll();
    }

    /**
     * The other side says that it has so many frames of this link. What it said over a former connection, and comes late,
     * changes nothing.
     *
     * @return false if that cannot be: it has never been sent so many
     */
    boolean acknowledged(long count) {
        lock.lock();
        try {
            if (count < 0 || count > handed) {
                return false;
            }
            while (acknowledged < count && !unacknowledged.isEmpty()) {
                forget(unacknowledged.remove());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What a former connection was handed waits again, if the one after it was lost before it carried that. */
    private void forget(long count) {
        acknowledged(count);
        while (acknowledged < count) {
            forget(waiting.remove());
        }
    }

    private void forget(Frame frame) {
        acknowledged++;
        dropped(frame);
        frame.arrived.run();
    }

    /** That connection, if it is still the one, carries nothing any more. */
    void suspend(Connection lost) {
        lock.lock();
        try {
            if (connection == lost) {
                connection = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on over this connection. Does not block.
     *
     * @param count how many frames the other side has
     * @return false if that cannot be: it has told more than that before, or has never been sent so many; or if it has some of
     *     what was dropped here at the end
     */
    boolean resume(Connection next, long count) {
        lock.lock();
        try {
            if (count < acknowledged || count > handed || count - acknowledged > kept()) {
                return false;
            }
            forget(count);
            while (!unacknowledged.isEmpty()) {
                waiting.addFirst(unacknowledged.removeLast());
            }
            connection = next;
            leadElsewhere();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private int kept() {
        return unacknowledged.size() + waiting.size();
    }

    /** Under the lock. */
    private void leadElsewhere() {
        if (!led) {
            led = true;
            called = true;
            threads.run(this::leadIfStillCalled);
        }
    }

    private void leadIfStillCalled() {
        lock.lock();
        try {
            if (!called) {
                return;
            }
            called = false;
        } finally {
            lock.unlock();
        }
        lead();
    }

    /**
     * Takes nothing more; what there is still leaves if there is a connection, and then this frame. Does not block.
     *
     * @param done run once, when the last one is written or nothing will be
     */
    void finish(String reason, ByteBuffer head, ByteBuffer body, Runnable done) {
        lock.lock();
        try {
            closed = reason;
            changed.signalAll();
            add(new Frame(head, body));
            farewell = done;
            leadElsewhere();
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything and takes nothing more. */
    void close(String reason) {
        lock.lock();
        try {
            closed = reason;
            connection = null;
            waiting.clear();
            unacknowledged.clear();
            keptBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the other side has everything. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty() && unacknowledged.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What is kept now, with what keeping costs. */
    int keptBytes() {
        lock.lock();
        try {
            return keptBytes;
        } finally {
            lock.unlock();
        }
    }
}
