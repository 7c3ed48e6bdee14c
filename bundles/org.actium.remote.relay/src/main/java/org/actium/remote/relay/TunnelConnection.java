package org.actium.remote.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerIdentity;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in a tunnel. A frame is its length in four bytes, and its content; {@link TunnelBytes} is what becomes of them.
 *
 * <p>{@code new → open → greeted → closed}. What arrives is taken from the reader of the link and handled on a thread of the
 * connection, one piece after the other; at most {@link #WINDOW} bytes wait for that, and with the heads of their frames at most
 * twice as many.
 */
final class TunnelConnection implements Connection, TunnelEnd {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelConnection.class);

    /** So many bytes may be under way in each direction; each end grants more as it takes them. */
    static final int WINDOW = 256 << 10;

    /** Fewer are not worth a frame that grants them anew. */
    private static final int GRANT = WINDOW / 4;

    private final TunnelPort port;
    private final String peer;
    private final Threads threads;
    private final TunnelBytes bytes;
    private final Function<Connection, ConnectionHandler> handlers;
    private final Crossing.Registry registry;
    private final Sequence incoming;
    private final FrameAssembler assembler = new FrameAssembler();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> greeted = new CompletableFuture<>();
    private final AtomicReference<String> closeReason = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger waitingHeads = new AtomicInteger();
    private final ReentrantLock sending = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private int granted = WINDOW;
    // belong to the thread of what arrives
    private ConnectionHandler handler;
    private int taken;

    private volatile PeerIdentity identity = new PeerIdentity.Unknown();

    /** Makes what the bytes of a connection are. */
    @FunctionalInterface
    interface Wrapping {
        TunnelBytes of(TunnelBytes.Output output);
    }

    /**
     * @param peer by which way the other side is reached, for people
     * @param handlers who gets the frames, asked once it is known who the other side is; an exception ends the connection
     */
    TunnelConnection(
            TunnelPort port,
            String peer,
            Threads threads,
            Wrapping wrapping,
            Function<Connection, ConnectionHandler> handlers,
            Crossing.Registry registry) {
        this.port = port;
        this.peer = peer;
        this.threads = threads;
        this.bytes = wrapping.of(this::write);
        this.handlers = handlers;
        this.registry = registry;
        this.incoming = new Sequence(threads);
    }

    /** Completes when the runtime at the other end says that it is there, or with the reason why it is not. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /** Completes when frames may be sent, or with the reason why there will be none. */
    CompletableFuture<Void> greeted() {
        return greeted;
    }

    /** Says who this side is, and hears who the other is. */
    void greet() {
        incoming.run(() -> {
            try {
                bytes.begin();
                greetedNow();
            } catch (IOException | RuntimeException failed) {
                fail(failed);
            }
        });
    }

    private void greetedNow() throws IOException {
        if (handler == null && bytes.isGreeted() && isOpen()) {
            identity = bytes.identity();
            handler = handlers.apply(this);
            greeted.complete(null);
        }
    }

    @Override
    public void received(TunnelPort from, byte type, ByteBuffer content) {
        switch (type) {
            case TunnelPort.OPENED -> opened.complete(null);
            case TunnelPort.CREDIT -> grant(content.getInt());
            case TunnelPort.DATA -> arrived(content);
            case TunnelPort.CLOSED -> {
                String why = Texts.rest(content);
                incoming.run(() -> shut(why, false));
            }
            default -> refuse("a frame of type " + type + " makes no sense");
        }
    }

    private void arrived(ByteBuffer content) {
        int count = content.remaining();
        if (count == 0) {
            refuse("a frame without bytes makes no sense");
        } else if (waiting.addAndGet(count) > WINDOW) {
            refuse("more was sent than this side had granted");
        } else if (waitingHeads.addAndGet(TunnelPort.HEAD_BYTES) + waiting.get() > 2 * WINDOW) {
            refuse("what was sent comes in more pieces than this side keeps");
        } else {
            ByteBuffer copy = ByteBuffer.allocate(count).put(content).flip();
            incoming.run(() -> {
                waitingHeads.addAndGet(-TunnelPort.HEAD_BYTES);
                waiting.addAndGet(-count); // before the other side is granted as much anew
                take(copy);
            });
        }
    }

    private void refuse(String why) {
        LOG.warn("{}: closed: {}", peer, why);
        shut(why, true);
    }

    private void grant(int more) {
        lock.lock();
        try {
            granted = Math.clamp((long) granted + more, 0, WINDOW);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(ByteBuffer piece) {
        if (!isOpen()) {
            return;
        }
        int count = piece.remaining();
        try {
            bytes.received(piece, plain -> {
                greetedNow();
                assembler.add(plain, frame -> {
                    if (isOpen()) {
                        handler.received(this, frame);
                    }
                });
            });
            greetedNow();
            taken += count;
            if (taken >= GRANT) {
                port.send(
                        TunnelPort.CREDIT,
                        ByteBuffer.allocate(Integer.BYTES).putInt(taken).flip());
                taken = 0;
            }
        } catch (LinkClosedException gone) {
            LOG.debug("{}: the link is closed", peer, gone);
        } catch (IOException | RuntimeException failed) {
            fail(failed);
        }
    }

    private void fail(Exception failed) {
        String why = reason(failed);
        if (handler != null) {
            LOG.warn("{}: closed, because a frame could not be handled: {}", peer, why);
        }
        greeted.completeExceptionally(failed);
        shut(why, true);
    }

    /** Why a greeting failed, for people. */
    static String reason(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException unbelieved) {
                return unbelieved.getMessage();
            }
        }
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    /** The same as an exception for the one who has dialled. */
    static IOException refusal(String endpoint, Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new PeerRefusedException(endpoint + ": " + cause.getMessage(), failed);
            }
        }
        return new IOException(endpoint + ": " + reason(failed), failed);
    }

    @Override
    public void lost(TunnelPort from, String why) {
        incoming.run(() -> shut("connection lost: " + why, false));
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body) throws IOException {
        int length = head.remaining() + body.remaining();
        if (length > MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes is too long; " + MAX_FRAME_BYTES + " are allowed");
        }
        ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES).putInt(length).flip();
        sending.lock(); // fair, so that frames of one thread keep their order among those of others
        try {
            bytes.write(prefix, head.duplicate(), body.duplicate());
        } catch (LinkClosedException gone) {
            throw new IOException(gone.getMessage(), gone);
        } finally {
            sending.unlock();
        }
    }

    /** In pieces for which the other side has room. */
    private void write(ByteBuffer piece) throws IOException {
        int count = piece.remaining();
        lock.lock();
        try {
            while (granted < count && isOpen()) {
                changed.awaitUninterruptibly();
            }
            granted -= count;
        } finally {
            lock.unlock();
        }
        String why = closeReason.get();
        if (why != null) {
            throw new IOException(why);
        }
        port.send(TunnelPort.DATA, piece);
    }

    @Override
    public PeerIdentity identity() {
        return identity;
    }

    @Override
    public void admit() {
        assembler.admit();
    }

    @Override
    public void close() {
        shut("closed by this side", true);
    }

    /** Closes it for a reason that the other side is told. */
    void close(String why) {
        shut(why, true);
    }

    private boolean isOpen() {
        return closeReason.get() == null;
    }

    private void shut(String why, boolean tell) {
        if (!closeReason.compareAndSet(null, why)) {
            return;
        }
        registry.remove(port);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        opened.completeExceptionally(new IOException(why));
        greeted.completeExceptionally(new IOException(why));
        if (tell) {
            String told = why.startsWith("closed by this side") ? "closed by the other side" : why;
            threads.run(() -> tell(told));
        }
        incoming.run(() -> {
            if (handler != null) {
                handler.closed(this, why);
            }
        });
    }

    private void tell(String why) {
        try {
            port.send(TunnelPort.CLOSED, Texts.of(why));
        } catch (LinkClosedException gone) {
            LOG.debug("{}: not told any more", peer, gone);
        }
    }

    @Override
    public String peer() {
        return peer;
    }
}
