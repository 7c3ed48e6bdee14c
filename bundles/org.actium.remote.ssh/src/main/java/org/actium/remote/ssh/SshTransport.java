package org.actium.remote.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.security.api.LinkSecurity;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials runtimes through ssh servers, with the ssh of this host and what it is configured to do: keys, agents, jumps. Nothing
 * listens with it. In the tunnel is the same TLS as without: the server sees bytes.
 */
@Component(service = Transport.class)
public final class SshTransport implements Transport {

    static final String NAME = "ssh";
    static final String GATEWAYS = "actium.ssh.gateways";

    private static final Logger LOG = LoggerFactory.getLogger(SshTransport.class);

    private static final String EXECUTABLE = "actium.ssh.executable";
    private static final String CONFIGURATION = "actium.ssh.configuration";

    private final Transport tcp;
    private final Threads threads;
    private final LinkSecurity security;
    private final String executable;
    private final Optional<String> configuration;
    private final Gateways gateways;

    @Activate
    public SshTransport(
            BundleContext bundle,
            @Reference(target = "(actium.transport=tcp)") Transport tcp,
            @Reference Threads threads,
            @Reference LinkSecurity security) {
        this(
                tcp,
                threads,
                security,
                Objects.requireNonNullElse(bundle.getProperty(EXECUTABLE), "ssh"),
                Optional.ofNullable(bundle.getProperty(CONFIGURATION)),
                Objects.requireNonNullElse(bundle.getProperty(GATEWAYS), ""));
    }

    /**
     * @param tcp for the connection in the tunnel
     * @param executable the ssh client, as a path or a command on the path
     * @param configuration file that ssh reads instead of the user's and the host's
     * @param gateways which servers lead to which hosts, {@code <pattern>=<server>}, separated by commas
     */
    public SshTransport(
            Transport tcp,
            Threads threads,
            LinkSecurity security,
            String executable,
            Optional<String> configuration,
            String gateways) {
        this.tcp = Objects.requireNonNull(tcp, "tcp");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.security = Objects.requireNonNull(security, "security");
        this.executable = Objects.requireNonNull(executable, "executable");
        this.configuration = Objects.requireNonNull(configuration, "configuration");
        this.gateways = Gateways.parse(gateways);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isIndirect() {
        return true;
    }

    /** Listens nowhere: an ssh server does that. */
    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) {
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return endpoint;
            }

            @Override
            public List<Endpoint> endpoints() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Endpoint> detours(Endpoint endpoint) {
        return gateways.to(endpoint);
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return dial(endpoint, timeout, handler, tcp::dial);
    }

    @Override
    public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return dial(endpoint, timeout, handler, tcp::dialStranger);
    }

    /** One of the ways in which tcp dials. */
    @FunctionalInterface
    private interface Dialling {
        Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException;
    }

    private Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler, Dialling dialling)
            throws IOException {
        Way way = Way.of(endpoint);
        if (security.tls().isEmpty()) {
            throw new IOException("cannot connect to " + endpoint
                    + ": links are not encrypted, so only a loopback address may be dialled");
        }
        Tunnel tunnel = Tunnel.start(command(way, timeout), threads);
        try {
            Connection inner = dialling.dial(tunnel.entrance(), timeout, new ForwardedConnection.Handler(handler, way));
            LOG.info("{} is reached through ssh", way);
            return new ForwardedConnection(inner, way);
        } catch (PeerRefusedException refused) {
            tunnel.close();
            throw refused;
        } catch (IOException failed) {
            throw new IOException(endpoint + ": " + failed.getMessage() + " (" + tunnel.complaint() + ")", failed);
        }
    }

    /** Asks nobody for a password, and fails when it cannot forward. */
    List<String> command(Way way, Duration timeout) {
        List<String> command = new ArrayList<>(List.of(executable));
        configuration.ifPresent(file -> command.addAll(List.of("-F", file)));
        command.addAll(List.of(
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + Math.max(1, timeout.toSeconds()),
                "-o",
                "ServerAliveInterval=5",
                "-o",
                "ExitOnForwardFailure=yes",
                "-o",
                "ClearAllForwardings=yes",
                "-T",
                "-W",
                way.target(),
                "--",
                way.server()));
        return command;
    }
}
