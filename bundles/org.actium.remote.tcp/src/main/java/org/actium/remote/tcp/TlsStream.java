package org.actium.remote.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Bytes in TLS records. {@link #handshake} comes first, on the reader's thread; nobody writes before it is done.
 *
 * <p>The end of the socket is the end of the bytes, with or without the alert {@code close_notify}: whether the other side
 * meant it, it says in a frame.
 */
final class TlsStream implements ByteStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** So many records are sealed before they are written: as many as a batch of frames takes. */
    private static final int RECORDS = 5;

    private static final byte RECORD_OF_A_HANDSHAKE = 22;
    private static final byte RECORD_OF_AN_ALERT = 21;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Runnable answerer;
    private final int packetBytes;
    private final int plainBytes;

    // belong to the reader
    private final ByteBuffer received;
    private boolean incomplete;
    private boolean begun;

    // belongs to whoever writes
    private final ByteBuffer sealed;

    /** Waits until the socket can be read or written; throws when it takes too long. */
    @FunctionalInterface
    interface Wait {
        void until(int operation) throws IOException;
    }

    /** @param answerer has somebody write, nothing if need be, because the protocol wants to */
    TlsStream(SocketChannel channel, SSLEngine engine, Runnable answerer) {
        this.channel = channel;
        this.engine = engine;
        this.answerer = answerer;
        this.packetBytes = engine.getSession().getPacketBufferSize();
        this.plainBytes = engine.getSession().getApplicationBufferSize();
        this.received = ByteBuffer.allocate(RECORDS * packetBytes).limit(0);
        this.sealed = buffer(RECORDS * packetBytes).limit(0);
    }

    /** Blocks in the given wait only. */
    void handshake(Wait wait) throws IOException {
        ByteBuffer none = ByteBuffer.allocate(plainBytes);
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
                switch (status) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> {
                        write(NOTHING);
                        while (!isWritten()) {
                            wait.until(SelectionKey.OP_WRITE);
                            channel.write(sealed);
                        }
                    }
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (unwrap(none).getStatus() == SSLEngineResult.Status.CLOSED) {
                            throw new EOFException("it ended the handshake");
                        }
                        if (incomplete) {
                            wait.until(SelectionKey.OP_READ);
                            receive();
                        }
                    }
                    case NOT_HANDSHAKING, FINISHED -> throw new IllegalStateException(status + " is no step");
                }
                status = engine.getHandshakeStatus();
            }
        } catch (SSLException refused) {
            tellWhy();
            throw refused;
        }
    }

    private void receive() throws IOException {
        received.compact();
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            String why = "it closed the connection during the TLS handshake";
            throw begun ? new EOFException(why) : new LeftException(why);
        }
        if (!begun && received.hasRemaining()) {
            begun = true;
            byte first = received.get(received.position());
            if (first != RECORD_OF_A_HANDSHAKE && first != RECORD_OF_AN_ALERT) {
                throw new IOException("it does not speak TLS: the first byte is " + Byte.toUnsignedInt(first));
            }
        }
        incomplete = count == 0;
    }

    /** As far as the socket takes it: the connection is closed in any case. */
    private void tellWhy() {
        try {
            write(NOTHING);
        } catch (IOException gone) {
            // then nobody wants to know
        }
    }

    SSLEngine engine() {
        return engine;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int before = target.position();
        boolean drained = false;
        while (target.remaining() >= plainBytes) {
            if (!incomplete) {
                SSLEngineResult result = unwrap(target);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    return end(target.position() - before);
                }
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    runTasks();
                }
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    answerer.run();
                }
                continue;
            }
            if (drained) {
                break;
            }
            received.compact();
            int room = received.remaining();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                return end(target.position() - before);
            }
            drained = count < room;
            if (count == 0) {
                break;
            }
            incomplete = false;
        }
        return target.position() - before;
    }

    private static int end(int count) {
        return count == 0 ? -1 : count;
    }

    private SSLEngineResult unwrap(ByteBuffer target) throws SSLException {
        SSLEngineResult result = engine.unwrap(received, target);
        switch (result.getStatus()) {
            case OK, CLOSED -> incomplete = false;
            case BUFFER_UNDERFLOW -> incomplete = true;
            case BUFFER_OVERFLOW ->
                throw new IllegalStateException("less than " + roomToRead() + " bytes to read into");
        }
        return result;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public int roomToRead() {
        return plainBytes;
    }

    /** The ciphers of the JDK work on arrays, and copy what is not in one. */
    @Override
    public ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity);
    }

    @Override
    public boolean hasMore() {
        return !incomplete;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (isWritten() && (source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)) {
            seal(source);
            channel.write(sealed);
        }
        if (!isWritten()) {
            channel.write(sealed);
        }
    }

    private void seal(ByteBuffer source) throws IOException {
        sealed.clear();
        try {
            do {
                if (engine.wrap(source, sealed).getStatus() == SSLEngineResult.Status.CLOSED
                        && sealed.position() == 0) {
                    throw new IOException("the other side has ended TLS");
                }
            } while (sealed.remaining() >= packetBytes
                    && (source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP));
        } finally {
            sealed.flip();
        }
    }

    @Override
    public boolean isWritten() {
        return !sealed.hasRemaining();
    }
}
