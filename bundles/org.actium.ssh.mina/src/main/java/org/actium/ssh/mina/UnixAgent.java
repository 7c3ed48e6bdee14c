package org.actium.ssh.mina;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of the user, at its socket. It is asked for signatures; it is not forwarded. One that does not answer has no keys. */
final class UnixAgent extends AbstractAgentProxy {

    private static final int LONGEST_ANSWER = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(UnixAgent.class);

    private final Path path;
    private final SocketChannel socket;

    private UnixAgent(Path path) throws IOException {
        super(null);
        this.path = path;
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /** There are other keys than those of an agent: one that has ended is no failure. */
    @Override
    public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        try {
            if (!socket.isConnected()) {
                socket.connect(UnixDomainSocketAddress.of(path));
            }
            return super.getIdentities();
        } catch (IOException silent) {
            LOG.warn(
                    "the agent at {}, of SSH_AUTH_SOCK, does not answer: {}; goes on without",
                    path,
                    silent.getMessage());
            return List.of();
        }
    }

    static SshAgentFactory at(Path path) {
        return new SshAgentFactory() {
            @Override
            public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
                return List.of();
            }

            @Override
            public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
                return new UnixAgent(path);
            }

            @Override
            public SshAgentServer createServer(ConnectionService service) {
                throw new UnsupportedOperationException("the agent is not forwarded");
            }
        };
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        var question = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (question.hasRemaining()) {
            socket.write(question);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 0 || length > LONGEST_ANSWER) {
            throw new IOException("the agent answers with " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("the agent has closed its socket");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        super.close();
    }
}
