package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.actium.remote.spi.Connection;

/**
 * Combines the frames of many senders into few writes.
 *
 * <p>A sender puts its frame into the batch that is being filled. If nobody is writing it leads: it writes that batch,
 * and then what others have put in meanwhile, until nothing is left. If the socket takes no more, or others keep it
 * busy for too long, a thread that may block takes over the lead. Senders wait while the batch is full, so that at most
 * two batches are held; a frame that is larger than a batch is written out of its sender's own buffers while that
 * waits.
 */
final class FrameWriter {

    private static final int BATCH_BYTES = 64 << 10;
    /** So many writes a sender makes for others before it may go on with its own work. */
    private static final int MAX_WRITES_OF_A_SENDER = 32;

    private final SocketChannel channel;
    private final ByteStream stream;
    private final Consumer<Runnable> threads;
    private final Consumer<Exception> broken;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private ByteBuffer filling = ByteBuffer.allocateDirect(BATCH_BYTES);
    private boolean led;
    private LargeFrame waiting;
    private boolean batchWasLast;
    private boolean answerWanted;
    private String closed;
    private Selector writable;

    // belong to the thread that leads
    private ByteBuffer writing = ByteBuffer.allocateDirect(BATCH_BYTES).limit(0);
    private LargeFrame underway;

    /**
     * @param stream over the channel
     * @param preamble whether this side sends it before the first frame
     * @param threads starts a thread that may block
     * @param broken told when the socket fails
     */
    FrameWriter(
            SocketChannel channel,
            ByteStream stream,
            boolean preamble,
            Consumer<Runnable> threads,
            Consumer<Exception> broken) {
        this.channel = channel;
        this.stream = stream;
        if (preamble) {
            Preamble.write(filling);
        }
        this.threads = threads;
        this.broken = broken;
    }

    /** A frame too large for a batch; the sender waits until all of it was taken. */
    private static final class LargeFrame {

        private final ByteBuffer length;
        private final ByteBuffer head;
        private final ByteBuffer body;

        LargeFrame(int length, ByteBuffer head, ByteBuffer body) {
            this.length = ByteBuffer.allocate(FrameAssembler.LENGTH_BYTES).putInt(0, length);
            this.head = head.duplicate();
            this.body = body.duplicate();
        }

        void moveTo(ByteBuffer target) {
            move(length, target);
            move(head, target);
            move(body, target);
        }

        boolean isTaken() {
            return !body.hasRemaining() && !head.hasRemaining();
        }

        private static void move(ByteBuffer source, ByteBuffer target) {
            int count = Math.min(source.remaining(), target.remaining());
            target.put(target.position(), source, source.position(), count);
            target.position(target.position() + count);
            source.position(source.position() + count);
        }
    }

    /** @param moreFollow whether the frame may wait for the next one, if it fits into the batch */
    void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
        int length = head.remaining() + body.remaining();
        if (length > Connection.MAX_FRAME_BYTES) {
            throw new IOException(
                    "a frame of " + length + " bytes is too long; " + Connection.MAX_FRAME_BYTES + " are allowed");
        }
        if (length + FrameAssembler.LENGTH_BYTES > BATCH_BYTES) {
            sendLarge(new LargeFrame(length, head, body));
        } else {
            sendSmall(length, head, body, moreFollow);
        }
    }

    private void sendSmall(int length, ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
        lock.lock();
        try {
            while (closed == null && filling.remaining() < FrameAssembler.LENGTH_BYTES + length) {
                if (led) {
                    changed.awaitUninterruptibly();
                } else {
                    writeWhatWaits();
                }
            }
            checkOpen();
            fill(length, head, body);
            if (led || moreFollow) {
                return;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead();
    }

    /** @return false if there is no room, or the frame is too long for a batch */
    boolean trySend(ByteBuffer head, ByteBuffer body) throws IOException {
        int length = head.remaining() + body.remaining();
        lock.lock();
        try {
            checkOpen();
            if (filling.remaining() < FrameAssembler.LENGTH_BYTES + length) {
                return false;
            }
            fill(length, head, body);
            if (led) {
                return true;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead();
        return true;
    }

    private void fill(int length, ByteBuffer head, ByteBuffer body) {
        filling.putInt(length);
        append(head);
        append(body);
    }

    /** Of frames that were to wait for more there is no room for the next one. Holds the lock, and lets go of it. */
    private void writeWhatWaits() {
        led = true;
        lock.unlock();
        try {
            lead();
        } finally {
            lock.lock();
        }
    }

    private void append(ByteBuffer part) {
        filling.put(filling.position(), part, part.position(), part.remaining());
        filling.position(filling.position() + part.remaining());
    }

    private void sendLarge(LargeFrame frame) throws IOException {
        boolean lead;
        lock.lock();
        try {
            while (closed == null && waiting != null) {
                changed.awaitUninterruptibly();
            }
            checkOpen();
            waiting = frame;
            lead = !led;
            led = true;
        } finally {
            lock.unlock();
        }
        if (lead) {
            lead();
        }
        lock.lock();
        try {
            while (closed == null && !frame.isTaken()) {
                changed.awaitUninterruptibly();
            }
            if (!frame.isTaken()) {
                checkOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the stream write what it wants to by itself; does not block. */
    void answer() {
        lock.lock();
        try {
            answerWanted = true;
            if (led) {
                return;
            }
            led = true;
        } finally {
            lock.unlock();
        }
        lead();
    }

    private void checkOpen() throws IOException {
        if (closed != null) {
            throw new IOException("the connection is closed: " + closed);
        }
    }

    /** Lets all senders fail. The channel is closed by the one who calls this. */
    void close(String reason) {
        lock.lock();
        try {
            closed = reason;
            changed.signalAll();
            if (writable != null) {
                writable.wakeup();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes until nothing is left; never blocks in the socket. */
    private void lead() {
        try {
            for (int writes = 0; isUnwritten() || takeNext(); writes++) {
                stream.write(writing);
                if (isUnwritten() || writes == MAX_WRITES_OF_A_SENDER) {
                    threads.accept(this::leadFromHere);
                    return;
                }
            }
        } catch (IOException | RuntimeException failed) {
            broken.accept(failed);
        }
    }

    /** Goes on where a sender stopped, on a thread of its own. */
    private void leadFromHere() {
        try (Selector selector = selector()) {
            while (isUnwritten() || takeNext()) {
                stream.write(writing);
                if (isUnwritten()) {
                    selector.select(key -> {});
                }
            }
        } catch (IOException | ClosedSelectorException failed) {
            broken.accept(failed);
        }
    }

    private boolean isUnwritten() {
        return writing.hasRemaining() || !stream.isWritten();
    }

    private Selector selector() throws IOException {
        lock.lock();
        try {
            checkOpen();
            writable = Selector.open();
            channel.register(writable, SelectionKey.OP_WRITE);
            return writable;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next batch ready to be written, or gives up the lead and returns false. */
    private boolean takeNext() {
        lock.lock();
        try {
            if (underway == null && waiting != null && (filling.position() == 0 || batchWasLast)) {
                underway = waiting;
                waiting = null;
            }
            boolean answering = answerWanted;
            answerWanted = false;
            if (closed != null || (underway == null && filling.position() == 0)) {
                led = closed == null && answering;
                writable = led ? writable : null;
                return led;
            }
            batchWasLast = underway == null;
            if (underway == null) {
                ByteBuffer full = filling.flip();
                filling = writing.clear();
                writing = full;
            } else {
                underway.moveTo(writing.clear());
                writing.flip();
                underway = underway.isTaken() ? null : underway;
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
