package org.actium.ssh.mina;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalInt;
import org.actium.runtime.api.Endpoint;
import org.actium.ssh.api.SshServer;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshStream;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.io.output.NoCloseOutputStream;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of its own for each session. */
record MinaSession(SshServer server, ClientSession session) implements SshSession {

    private static final Logger LOG = LoggerFactory.getLogger(MinaSession.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String LOOPBACK = "127.0.0.1";

    @Override
    public OptionalInt execute(String line, InputStream input, OutputStream output) throws IOException {
        try (ChannelExec channel = session.createExecChannel(line)) {
            channel.setIn(input);
            OutputStream stays = new NoCloseOutputStream(output); // there may be something to say when it has ended
            channel.setOut(stays);
            channel.setErr(stays);
            channel.open().verify(LIMIT);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ZERO);
            Integer status = channel.getExitStatus();
            return status == null ? OptionalInt.empty() : OptionalInt.of(status);
        } catch (IOException failed) {
            throw new IOException(Words.of(failed, server.toString(), LIMIT), failed);
        }
    }

    @Override
    public void leadBack(int port, Endpoint here) {
        try {
            session.startRemotePortForwarding(
                    new SshdSocketAddress(LOOPBACK, port), new SshdSocketAddress(here.host(), here.port()));
        } catch (IOException refused) {
            LOG.debug("{}: port {} is not forwarded: {}", session, port, refused.getMessage());
        }
    }

    @Override
    public SshStream connect(String host, int port, Duration timeout) throws IOException {
        try {
            ChannelDirectTcpip channel = session.createDirectTcpipChannel(
                    new SshdSocketAddress(LOOPBACK, 0), new SshdSocketAddress(host, port));
            channel.open().verify(timeout);
            return new SshStream(channel.getInvertedOut(), channel.getInvertedIn());
        } catch (IOException failed) {
            throw new IOException(
                    server + " has not connected to " + host + ":" + port + ": "
                            + Words.of(failed, server.toString(), timeout),
                    failed);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException hangs) {
            LOG.debug("{}: is cut", session, hangs);
        } finally {
            cut();
        }
    }

    @Override
    public void cut() {
        session.close(true);
    }
}
