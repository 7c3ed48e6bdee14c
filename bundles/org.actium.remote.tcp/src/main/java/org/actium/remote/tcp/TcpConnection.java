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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
 * <p>{@code new → greeted → closed}: the reader's thread {@link #greet greets} the other side, then {@link #read reads};
 * from then on {@link Readers} take turns.
 */
final class TcpConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final SocketChannel channel;
    private final Selector readable;
    private final SelectionKey key;
    private final String host;
    private final String peer;
    private final Greeting greeting;
    private final ByteStream stream;
    private final FrameWriter writer;
    private final FrameAssembler assembler;
    private final Readers readers;
    private ConnectionHandler handler; // belongs to whoever reads

    /** Why it is closed; {@code null} while it is open. */
    private final AtomicReference<String> reason = new AtomicReference<>();

    private volatile PeerIdentity identity = new PeerIdentity.Unknown();

    private TcpConnection(
            SocketChannel channel,
            Selector readable,
            Greeting greeting,
            boolean dialled,
            ReaderWatch watch,
            Threads threads)
            throws IOException {
        this.channel = channel;
        this.readable = readable;
        this.key = channel.register(readable, SelectionKey.OP_READ);
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        this.host = remote.getAddress().getHostAddress();
        this.peer = host + ":" + remote.getPort();
        this.greeting = greeting;
        this.stream = switch (greeting) {
            case Greeting.Bare() -> new BareStream(channel);
            case Greeting.Secure secure ->
                new TlsStream(channel, secure.engine().get(), this::answer);
        };
        this.writer = new FrameWriter(
                channel, stream, dialled, flush -> threads.startReader("tcp-writer-" + peer, flush), this::broken);
        this.assembler = new FrameAssembler(stream, !dialled);
        this.readers = new Readers("tcp-reader-" + peer, new Incoming(), threads, watch);
    }

    /**
     * Takes over a connected channel; it is closed by the one who called if this fails.
     *
     * @param dialled by this side
     */
    static TcpConnection over(
            SocketChannel channel, Greeting greeting, boolean dialled, ReaderWatch watch, Threads threads)
            throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        try {
            return new TcpConnection(channel, selector, greeting, dialled, watch, threads);
        } catch (IOException | RuntimeException | Error failed) {
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

    @Override
    public boolean trySend(ByteBuffer head, ByteBuffer body) throws IOException {
        return writer.trySend(head, body);
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

    @Override
    public Optional<String> host() {
        return Optional.of(host);
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

    /** Reads until the connection is closed by either side, then tells the handler so; other threads may take over. */
    void read(ConnectionHandler to) {
        handler = to;
        readers.run();
    }

    @Override
    public boolean serve(Object what, Runnable task) {
        readers.serve(what, task);
        return true;
    }

    @Override
    public boolean afterwards(Runnable errand) {
        readers.afterwards(errand);
        return true;
    }

    @Override
    public void readUntil(Object what, BooleanSupplier there) {
        readers.readUntil(what, there);
    }

    @Override
    public void readSoon() {
        readers.readSoon();
    }

    /** What is read, by one thread at a time. */
    private final class Incoming implements Readers.Source {

        @Override
        public boolean read(long millis) throws IOException {
            if (!stream.hasMore()) { // the greeting, or the one who read before, may have read further
                readable.select(selected -> {}, millis);
            }
            int count = stream.read(assembler.space());
            if (count < 0) {
                shut("closed by the other side");
                return false;
            }
            for (ByteBuffer frame = assembler.next(); frame != null && isOpen(); frame = assembler.next()) {
                handler.received(TcpConnection.this, frame);
            }
            return isOpen();
        }

        @Override
        public void wake() {
            readable.wakeup();
        }

        @Override
        public boolean isDrained() {
            return !stream.hasMore() && assembler.isEmpty();
        }

        @Override
        public boolean isOpen() {
            return TcpConnection.this.isOpen();
        }

        @Override
        public void lost(Exception why) {
            broken(why);
        }

        @Override
        public void failed(Throwable why) {
            shut("a frame could not be handled: " + why);
            LOG.warn("{}: closed, because a frame could not be handled", peer, why);
        }

        @Override
        public void lacksThread(Throwable why) {
            LOG.error("{}: no thread could be started for what it sends; one is asked for again soon", peer, why);
        }

        @Override
        public void end() {
            release();
            try {
                handler.closed(TcpConnection.this, reason.get());
            } catch (RuntimeException | Error failed) {
                LOG.error("{}: the handler failed at the end", peer, failed);
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
            readers.closed();
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
