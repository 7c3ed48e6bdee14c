package org.actium.ssh.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.actium.ssh.api.SshServer;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshSessions;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.ConfigFileHostEntryResolver;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Sessions of Apache MINA SSHD. Nothing of it is started before the first. */
@Component
public final class MinaSessions implements SshSessions, AutoCloseable {

    private static final Duration ALIVE = Duration.ofSeconds(5);
    private static final int SILENT = 2;

    /** Keywords of the configuration without which the way to a host, or the check of its key, would be another. */
    private static final List<String> NOT_UNDERSTOOD = List.of(
            "ProxyCommand",
            "Match",
            "Include",
            "HostKeyAlias",
            "UserKnownHostsFile",
            "GlobalKnownHostsFile",
            "KnownHostsCommand",
            "RevokedHostKeys");

    private final Path configuration;
    private final KnownHosts knownHosts;
    private final Optional<Path> agent;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SshClient> client = Optional.empty(); // guarded by lock

    @Activate
    public MinaSessions(BundleContext context) {
        this(
                file(context, "actium.mina.configuration", "config"),
                Stream.of(file(context, "actium.mina.known-hosts", "known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"))
                        .toList(),
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).map(Path::of));
    }

    private static Path file(BundleContext context, String property, String name) {
        return Optional.ofNullable(context.getProperty(property))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh", name));
    }

    /**
     * @param configuration as {@code ~/.ssh/config}; need not be there
     * @param knownHosts as {@code ~/.ssh/known_hosts}; need not be there
     * @param agent socket of the agent of the user
     */
    public MinaSessions(Path configuration, List<Path> knownHosts, Optional<Path> agent) {
        this(configuration, knownHosts, agent, System::nanoTime);
    }

    /** @param nanos a clock, as {@link System#nanoTime} */
    MinaSessions(Path configuration, List<Path> knownHosts, Optional<Path> agent, LongSupplier nanos) {
        this.configuration = configuration;
        this.knownHosts = new KnownHosts(knownHosts);
        this.agent = agent.filter(Files::exists);
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return "mina";
    }

    @Override
    public SshSession open(SshServer server, Duration timeout) throws IOException {
        long begin = nanos.getAsLong();
        SshClient ssh = client();
        HostConfigEntry host = entry(ssh, server);
        try {
            ClientSession session = connected(ssh.connect(host, null, null), timeout);
            try {
                session.auth().verify(left(timeout, begin));
                return new MinaSession(server, session);
            } catch (IOException | RuntimeException failed) {
                session.close(true);
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            throw new IOException(Words.of(failed, address(host), timeout), failed);
        }
    }

    /** One that comes too late is closed, whenever that is. */
    private static ClientSession connected(ConnectFuture connecting, Duration timeout) throws IOException {
        try {
            return connecting.verify(timeout).getSession();
        } catch (IOException | RuntimeException late) {
            connecting.addListener(ended -> {
                if (ended.isConnected()) {
                    ended.getSession().close(true);
                }
            });
            connecting.cancel();
            throw late;
        }
    }

    private Duration left(Duration timeout, long begin) throws IOException {
        Duration left = timeout.minusNanos(nanos.getAsLong() - begin);
        if (left.isNegative() || left.isZero()) {
            throw new IOException(new TimeoutException("nothing is left of " + timeout));
        }
        return left;
    }

    private static String address(HostConfigEntry host) {
        return host.getHostName() + ":" + host.getPort();
    }

    private HostConfigEntry entry(SshClient ssh, SshServer server) throws IOException {
        HostConfigEntry host = ssh.getHostConfigEntryResolver()
                .resolveEffectiveHost(
                        server.host(),
                        server.port().orElse(0),
                        null,
                        server.user().orElse(null),
                        null,
                        null);
        if (host == null) {
            host = new HostConfigEntry(
                    server.host(),
                    server.host(),
                    server.port().orElse(22),
                    server.user().orElseGet(() -> System.getProperty("user.name")));
        }
        for (String keyword : NOT_UNDERSTOOD) {
            if (host.getProperty(keyword) != null) {
                throw new IOException(configuration + " has a line " + keyword + " for " + server.host()
                        + ", which the ssh client in this JVM does not understand");
            }
        }
        if (host.getUsername() == null || host.getUsername().isEmpty()) {
            host.setUsername(System.getProperty("user.name"));
        }
        server.key().ifPresent(host::addIdentity);
        return host;
    }

    private SshClient client() {
        lock.lock();
        try {
            if (client.isEmpty()) {
                client = Optional.of(started());
            }
            return client.get();
        } finally {
            lock.unlock();
        }
    }

    private SshClient started() {
        JdkEdDsa.register();
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setHostConfigEntryResolver(oneByOne(new ConfigFileHostEntryResolver(configuration)));
        ssh.setServerKeyVerifier(knownHosts);
        ssh.setFilePasswordProvider(FilePasswordProvider.EMPTY); // nobody is asked
        ssh.setForwardingFilter(new RejectAllForwardingFilter() {
            @Override
            public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
                return type == Type.Forwarded; // the port that leads back here
            }
        });
        agent.ifPresent(socket -> ssh.setAgentFactory(UnixAgent.at(socket)));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(ssh, ALIVE);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(ssh, SILENT);
        ssh.addSessionListener(new SessionListener() {
            @Override
            public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
                prefer(session, proposal);
            }
        });
        ssh.start();
        return ssh;
    }

    /** One that reads its file shows no entries meanwhile, as if there were none. */
    private static HostConfigEntryResolver oneByOne(HostConfigEntryResolver file) {
        var turn = new ReentrantLock();
        return (host, port, local, user, jump, context) -> {
            turn.lock();
            try {
                return file.resolveEffectiveHost(host, port, local, user, jump, context);
            } finally {
                turn.unlock();
            }
        };
    }

    private void prefer(Session session, Map<KexProposalOption, String> proposal) {
        // what is dialled: the connection itself may go to a port that leads there through another host
        if (session instanceof ClientSession client
                && client.getConnectAddress() instanceof InetSocketAddress address) {
            proposal.computeIfPresent(
                    KexProposalOption.SERVERKEYS,
                    (option, algorithms) -> knownHosts.ordered(address.getHostString(), address.getPort(), algorithms));
        }
    }

    @Override
    @Deactivate
    public void close() {
        Optional<SshClient> started;
        lock.lock();
        try {
            started = client;
            client = Optional.empty();
        } finally {
            lock.unlock();
        }
        started.ifPresent(SshClient::stop);
    }
}
