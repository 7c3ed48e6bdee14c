package org.actium.remote.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.actium.remote.spi.PeerIdentity;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.security.api.LinkSecurity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes in TLS records, from one end of a tunnel to the other: who is in the middle sees that there are some. */
final class TlsBytes implements TunnelBytes {

    private static final Logger LOG = LoggerFactory.getLogger(TlsBytes.class);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final LinkSecurity.Tls tls;
    private final SSLEngine engine;
    private final boolean membersOnly;
    private final boolean strangersOnly;
    private final Threads threads;
    private final Output output;
    private final ReentrantLock writing = new ReentrantLock();

    /** What of a record has come. Belongs to the reader. */
    private byte[] rest = new byte[0];

    private volatile boolean greeted;

    /**
     * @param membersOnly whether whoever shows no certificate is refused
     * @param strangersOnly whether what the other side shows means nothing
     */
    TlsBytes(
            LinkSecurity.Tls tls,
            SSLEngine engine,
            boolean membersOnly,
            boolean strangersOnly,
            Threads threads,
            Output output) {
        this.tls = tls;
        this.engine = engine;
        this.membersOnly = membersOnly;
        this.strangersOnly = strangersOnly;
        this.threads = threads;
        this.output = output;
    }

    @Override
    public void begin() throws IOException {
        engine.beginHandshake();
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            write(NOTHING);
        }
    }

    @Override
    public void received(ByteBuffer bytes, Input input) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(rest.length + bytes.remaining())
                .put(rest)
                .put(bytes)
                .flip();
        try {
            ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            boolean more = true;
            while (more) {
                more = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> {
                        runTasks();
                        yield true;
                    }
                    case NEED_WRAP -> {
                        boolean reading = greeted;
                        answer();
                        yield !reading || unwrap(records, plain, input);
                    }
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(records, plain, input);
                    case NOT_HANDSHAKING, FINISHED -> {
                        greeted = true;
                        yield unwrap(records, plain, input);
                    }
                };
            }
        } catch (IOException refused) {
            tellWhy();
            throw refused;
        }
        rest = new byte[records.remaining()];
        records.get(rest);
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** The protocol wants to write. Later a sender may be at it, who waits for what this thread is to read. */
    private void answer() throws IOException {
        if (!greeted) {
            write(NOTHING);
            return;
        }
        threads.run(() -> {
            try {
                write(NOTHING);
            } catch (IOException gone) {
                LOG.debug("a tunnel has ended", gone);
            }
        });
    }

    /** Whether another one may give something. */
    private boolean unwrap(ByteBuffer records, ByteBuffer plain, Input input) throws IOException {
        if (!records.hasRemaining()) {
            return false;
        }
        plain.clear();
        SSLEngineResult result = engine.unwrap(records, plain);
        if (plain.flip().hasRemaining()) {
            input.read(plain);
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case CLOSED -> throw new IOException("the other side has ended TLS");
            case BUFFER_OVERFLOW -> throw new IOException("a record that is longer than TLS allows");
        };
    }

    private void tellWhy() {
        try {
            write(NOTHING);
        } catch (IOException gone) {
            LOG.debug("the other side is not told why", gone);
        }
    }

    @Override
    public void write(ByteBuffer... plain) throws IOException {
        ByteBuffer sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        writing.lock();
        try {
            while (Arrays.stream(plain).anyMatch(ByteBuffer::hasRemaining)
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                sealed.clear();
                boolean closed = engine.wrap(plain, sealed).getStatus() == SSLEngineResult.Status.CLOSED;
                if (sealed.flip().hasRemaining()) {
                    output.write(sealed);
                }
                if (closed) {
                    throw new IOException("TLS has ended");
                }
            }
        } finally {
            writing.unlock();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            greeted = true;
        }
    }

    @Override
    public boolean isGreeted() {
        return greeted;
    }

    @Override
    public PeerIdentity identity() throws IOException {
        byte[] channel = LinkSecurity.Tls.channel(engine);
        if (strangersOnly) {
            return new PeerIdentity.Stranger(channel);
        }
        try {
            Optional<RuntimeId> member = tls.member(engine.getSession());
            if (member.isEmpty() && membersOnly) {
                throw new IOException("it shows no certificate");
            }
            return member.<PeerIdentity>map(id -> new PeerIdentity.Member(id, channel))
                    .orElseGet(() -> new PeerIdentity.Stranger(channel));
        } catch (CertificateException invalid) {
            throw new PeerRefusedException(invalid.getMessage(), invalid);
        }
    }
}
