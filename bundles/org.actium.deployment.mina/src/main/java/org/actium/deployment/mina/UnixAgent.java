package org.actium.deployment.mina;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
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

/** The agent of the user, at its socket. It is asked for signatures; it is not forwarded. */
final class UnixAgent extends AbstractAgentProxy {

    private static final int LONGEST_ANSWER = 1 << 20;

    private final SocketChannel socket;

    private UnixAgent(Path path) throws IOException {
        super(null);
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException silent) {
            socket.close();
            throw silent;
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
