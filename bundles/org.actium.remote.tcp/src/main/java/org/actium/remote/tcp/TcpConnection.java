package org.actium.remote.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerIdentity;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. It is in non-blocking mode, because an interrupt of a thread that is in a blocking operation would close
 * it under everybody else: the reader waits in its selector, senders wait for room in the {@link FrameWriter}.
 *
 * <p>{@code new → greeted → closed}: the reader's thread {@link #greet greets} the other side, then {@link #read reads}.
 */
final class TcpConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final SocketChannel channel;
    private final Selector readable;
    private final SelectionKey key;
    private final String peer;
    private final Greeting greeting;
    private final ByteStream stream;
    private final FrameWriter writer;
    private final FrameAssembler assembler;

    /** Why it is closed; {@code null} while it is open. */
    private final AtomicReference<String> reason = new AtomicReference<>();

    private volatile PeerIdentity identity = new PeerIdentity.Unknown();

    private TcpConnection(SocketChannel channel, Selector readable, Greeting greeting, boolean dialled, Threads threads)
            throws IOException {
        this.channel = channel;
        this.readable = readable;
        this.key = channel.register(readable, SelectionKey.OP_READ);
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        this.peer = remote.getAddress().getHostAddress() + ":" + remote.getPort();
        this.greeting = greeting;
        this.stream = switch (greeting) {
            case Greeting.Bare() -> new BareStream(channel);
            case Greeting.Secure secure ->
                new TlsStream(channel, secure.engine().get(), this::answer);
        };
        this.writer = new FrameWriter(
                channel, stream, dialled, flush -> threads.startReader("tcp-writer-" + peer, flush), this::broken);
        this.assembler = new FrameAssembler(stream.roomToRead(), !dialled);
    }

    /**
     * Takes over a connected channel; it is closed by the one who called if this fails.
     *
     * @param dialled by this side
     */
    static TcpConnection over(SocketChannel channel, Greeting greeting, boolean dialled, Threads threads)
            throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        try {
            return new TcpConnection(channel, selector, greeting, dialled, threads);
        } catch (IOException | RuntimeException failed) {
            selector.close();
            throw failed;
        }
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body) throws IOException {
        writer.send(head, body, false);
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) throws IOException {
        writer.send(head, body, moreFollow);
    }

    private void answer() {
        writer.answer();
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
        shut("closed by this side");
    }

    @Override
    public String peer() {
        return peer;
    }

    /** Closes a connection that is not read. */
    void abandon(String why) {
        shut(why);
        release();
    }

    /** Ends the greeting of a connection that is not read yet; its reader gets an exception with the reason. */
    void breakOff(String why) {
        shut(why);
    }

    /**
     * Blocks until it is known who the other side is. On the reader's thread, before it reads.
     *
     * @throws IOException if it does not say in time, or not convincingly; abandon the connection then
     */
    void greet(Duration limit) throws IOException {
        if (greeting instanceof Greeting.Secure secure) {
            TlsStream tls = (TlsStream) stream;
            long deadline = System.nanoTime() + limit.toNanos();
            try {
                tls.handshake(operation -> await(operation, deadline, limit));
                key.interestOps(SelectionKey.OP_READ);
                identity = secure.identify(tls.engine());
            } catch (ClosedSelectorException | CancelledKeyException | IOException failed) {
                String why = reason.get();
                if (why != null) {
                    throw new IOException(why, failed);
                }
                throw failed instanceof IOException refused ? refused : new IOException(failed);
            }
        }
    }

    private void await(int operation, long deadline, Duration limit) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new IOException("the TLS handshake was not finished within " + limit.toMillis() + " ms");
        }
        if (key.interestOps() != operation) {
            key.interestOps(operation);
        }
        readable.select(selected -> {}, left / 1_000_000 + 1);
        if (!isOpen()) {
            throw new IOException(reason.get());
        }
    }

    /** Reads until the connection is closed by either side, then tells the handler so. */
    void read(ConnectionHandler handler) {
        try {
            readFrames(handler);
            shut("closed by the other side");
        } catch (ClosedSelectorException | IOException lost) {
            broken(lost);
        } catch (RuntimeException | Error failed) {
            shut("a frame could not be handled: " + failed);
            LOG.warn("{}: closed, because a frame could not be handled", peer, failed);
        } finally {
            release();
        }
        try {
            handler.closed(this, reason.get());
        } catch (RuntimeException | Error failed) {
            LOG.error("{}: the handler failed at the end", peer, failed);
        }
    }

    private void readFrames(ConnectionHandler handler) throws IOException {
        boolean wait = !stream.hasMore(); // the greeting may have read further
        while (isOpen()) {
            if (wait) {
                readable.select(selected -> {});
            }
            wait = true;
            boolean more = true;
            while (more && isOpen()) {
                int count = stream.read(assembler.space());
                if (count < 0) {
                    return;
                }
                more = stream.hasMore();
                for (ByteBuffer frame = assembler.next(); frame != null && isOpen(); frame = assembler.next()) {
                    handler.received(this, frame);
                }
            }
        }
    }

    private boolean isOpen() {
        return reason.get() == null;
    }

    private void broken(Exception cause) {
        shut("connection lost: " + (cause.getMessage() == null ? cause : cause.getMessage()));
    }

    private void shut(String why) {
        if (reason.compareAndSet(null, why)) {
            writer.close(why);
            try {
                channel.close();
            } catch (IOException harmless) {
                LOG.debug("{}: closing failed", peer, harmless);
            }
            readable.wakeup();
        }
    }

    /** The operating system lets go of the socket when no selector knows it any more. */
    private void release() {
        try {
            readable.close();
        } catch (IOException harmless) {
            LOG.debug("{}: closing failed", peer, harmless);
        }
    }
}
