package org.actium.remote.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.security.api.LinkSecurity;
import org.actium.ssh.api.SshSessions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials runtimes through ssh servers, with the ssh of this host or a client in this JVM. Nothing listens with it. In the tunnel
 * is the same TLS as without: the server sees bytes.
 */
@Component(service = Transport.class)
public final class SshTransport implements Transport {

    static final String NAME = "ssh";
    static final String GATEWAYS = "actium.ssh.gateways";
    static final String CLIENT = "actium.ssh.client";

    /** The client that is none of this JVM. */
    static final String PROGRAM = "program";

    private static final Logger LOG = LoggerFactory.getLogger(SshTransport.class);

    private static final String EXECUTABLE = "actium.ssh.executable";
    private static final String CONFIGURATION = "actium.ssh.configuration";

    private final Transport tcp;
    private final Threads threads;
    private final LinkSecurity security;
    private final Passage.Opening client;
    private final Gateways gateways;
    private final Collection<SshSessions> sessions;
    private final LongSupplier nanos;

    @Activate
    public SshTransport(
            BundleContext bundle,
            @Reference(target = "(actium.transport=tcp)") Transport tcp,
            @Reference Threads threads,
            @Reference LinkSecurity security) {
        this.tcp = Objects.requireNonNull(tcp, "tcp");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.security = Objects.requireNonNull(security, "security");
        this.sessions = new CopyOnWriteArrayList<>();
        this.nanos = System::nanoTime;
        this.client = client(bundle);
        this.gateways = Gateways.parse(Objects.requireNonNullElse(bundle.getProperty(GATEWAYS), ""));
    }

    /**
     * @param gateways which servers lead to which hosts, {@code <pattern>=<server>}, separated by commas
     * @param nanos a clock, as {@link System#nanoTime}
     */
    SshTransport(
            Transport tcp,
            Threads threads,
            LinkSecurity security,
            Passage.Opening client,
            String gateways,
            LongSupplier nanos) {
        this.tcp = tcp;
        this.threads = threads;
        this.security = security;
        this.sessions = List.of();
        this.nanos = nanos;
        this.client = client;
        this.gateways = Gateways.parse(gateways);
    }

    private Passage.Opening client(BundleContext bundle) {
        String wanted = Objects.requireNonNullElse(bundle.getProperty(CLIENT), PROGRAM);
        return wanted.equals(PROGRAM)
                ? new Program(
                        Objects.requireNonNullElse(bundle.getProperty(EXECUTABLE), "ssh"),
                        Optional.ofNullable(bundle.getProperty(CONFIGURATION)),
                        threads)
                : new InThisJvm(wanted, sessions, nanos);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addSessions(SshSessions client) {
        sessions.add(client);
    }

    public void removeSessions(SshSessions client) {
        sessions.remove(client);
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
        var deadline = new Deadline(timeout, nanos);
        Tunnel tunnel = Tunnel.through(passage(way, timeout), threads);
        try {
            Connection inner =
                    dialling.dial(tunnel.entrance(), deadline.left(), new ForwardedConnection.Handler(handler, way));
            LOG.info("{} is reached through ssh", way);
            return new ForwardedConnection(inner, way);
        } catch (PeerRefusedException refused) {
            tunnel.close();
            throw refused;
        } catch (IOException failed) {
            throw new IOException(endpoint + ": " + failed.getMessage() + " (" + tunnel.complaint() + ")", failed);
        } catch (RuntimeException | Error failed) {
            tunnel.close();
            throw failed;
        }
    }

    private Passage passage(Way way, Duration timeout) throws IOException {
        try {
            return client.open(way, timeout);
        } catch (IOException failed) {
            throw new IOException(way.endpoint() + ": " + failed.getMessage(), failed);
        }
    }
}
