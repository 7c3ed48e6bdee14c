package org.actium.remote.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. It is in non-blocking mode, because an interrupt of a thread that is in a blocking operation would close
 * it under everybody else: the reader waits in its selector, senders wait for room in the {@link FrameWriter}.
 */
final class TcpConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final SocketChannel channel;
    private final Selector readable;
    private final String peer;
    private final FrameWriter writer;

    /** Why it is closed; {@code null} while it is open. */
    private final AtomicReference<String> reason = new AtomicReference<>();

    private TcpConnection(SocketChannel channel, Selector readable, Threads threads) throws IOException {
        this.channel = channel;
        this.readable = readable;
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        this.peer = remote.getAddress().getHostAddress() + ":" + remote.getPort();
        this.writer = new FrameWriter(channel, flush -> threads.startReader("tcp-writer-" + peer, flush), this::broken);
    }

    /** Takes over a connected channel; it is closed by the one who called if this fails. */
    static TcpConnection over(SocketChannel channel, Threads threads) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        try {
            channel.register(selector, SelectionKey.OP_READ);
            return new TcpConnection(channel, selector, threads);
        } catch (IOException failed) {
            selector.close();
            throw failed;
        }
    }

    @Override
    public void send(ByteBuffer head, ByteBuffer body) throws IOException {
        writer.send(head, body);
    }

    @Override
    public void close() {
        shut("closed by this side");
    }

    @Override
    public String peer() {
        return peer;
    }

    /** Closes a connection nobody reads. */
    void abandon() {
        close();
        release();
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
        FrameAssembler assembler = new FrameAssembler();
        while (isOpen()) {
            readable.select(key -> {});
            boolean more = true;
            while (more && isOpen()) {
                ByteBuffer space = assembler.space();
                int count = channel.read(space);
                if (count < 0) {
                    return;
                }
                more = !space.hasRemaining();
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
