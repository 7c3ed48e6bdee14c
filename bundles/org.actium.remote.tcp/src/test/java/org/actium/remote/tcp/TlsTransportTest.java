package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.PeerIdentity;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.security.api.LinkSecurity;
import org.actium.security.domain.CredulousMember;
import org.actium.security.domain.DomainSecurity;
import org.junit.After;
import org.junit.Test;

/** The contract over TLS, and what TLS adds to it. */
public class TlsTransportTest extends TransportContract {

    private static final GreetingLimits LIMITS = new GreetingLimits(Duration.ofSeconds(10), 4);

    private final SettableTime time = new SettableTime();
    private final TestDomain domain = new TestDomain(1, time);
    private final List<AutoCloseable> sockets = new ArrayList<>();
    private final LogLines log = LogLines.of(TcpListener.class);

    @Override
    protected Transport transport() {
        return new TcpTransport(new JvmThreads(), domain.founder(), LIMITS);
    }

    @Override
    protected Endpoint deadEndpoint() throws IOException {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        return new Endpoint("127.0.0.1", closed.getLocalPort());
    }

    @After
    public void closeSockets() throws Exception {
        log.close();
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    private Transport over(LinkSecurity security) {
        return new TcpTransport(new JvmThreads(), security, LIMITS);
    }

    private Connection dialWith(LinkSecurity security) throws IOException {
        Connection connection = over(security).dial(listener.endpoint(), LONG_ENOUGH, client);
        client.connections.add(connection);
        return connection;
    }

    private Socket rawSocket() throws IOException {
        Socket raw =
                new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port());
        sockets.add(raw);
        return raw;
    }

    /** Why the listener refused the one who has this socket. */
    private String refusalOf(Socket raw) throws InterruptedException {
        return log.take(listener.endpoint() + ": 127.0.0.1:" + raw.getLocalPort() + " is refused: ");
    }

    /** Why the listener refused somebody. */
    private String refusal(Transport.Listener by) throws InterruptedException {
        return log.take(by.endpoint() + ": 127.0.0.1:").replaceFirst("^\\d+ is refused: ", "");
    }

    /** What is new still works while others are refused. */
    private void assertThatMembersGetIn() throws Exception {
        Connection other = dialWith(domain.member());
        other.send(ByteBuffer.wrap(new byte[] {7}));
        assertThat(server.frames.take()).containsExactly(7);
    }

    @Test
    public void tellsBothMembersWhoTheOtherIs() throws Exception {
        Connection here = dialWith(domain.member());
        Connection there = server.connections.take();

        assertThat(here.identity()).isInstanceOf(PeerIdentity.Member.class);
        assertThat(there.identity()).isInstanceOf(PeerIdentity.Member.class);
        PeerIdentity.Member founder = (PeerIdentity.Member) here.identity();
        PeerIdentity.Member member = (PeerIdentity.Member) there.identity();
        assertThat(founder.runtime()).isNotEqualTo(member.runtime());
        assertThat(founder.channel()).as("what only the two know").isEqualTo(member.channel());
    }

    @Test
    public void aStrangerGetsAPrivateConnectionAndIsToldFromMembers() throws Exception {
        Connection here = over(domain.stranger()).dialStranger(listener.endpoint(), LONG_ENOUGH, client);
        client.connections.add(here);
        Connection there = server.connections.take();

        assertThat(((PeerIdentity.Stranger) here.identity()).channel())
                .isEqualTo(((PeerIdentity.Stranger) there.identity()).channel())
                .hasSize(32);
    }

    @Test
    public void whoCannotBeginWithTlsKeepsNoConnection() throws Exception {
        LinkSecurity.Tls broken = (LinkSecurity.Tls) Proxy.newProxyInstance(
                LinkSecurity.Tls.class.getClassLoader(),
                new Class<?>[] {LinkSecurity.Tls.class},
                (self, method, arguments) -> {
                    throw new UncheckedIOException(new IOException("on purpose"));
                });
        try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint("127.0.0.1", there.getLocalPort());

            assertThatThrownBy(() -> over(() -> Optional.of(broken)).dial(endpoint, LONG_ENOUGH, client))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(there.accept().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    public void refusesTheCertificateOfAnotherDomainBeforeAnyFrame() throws Exception {
        TestDomain foreign = new TestDomain(2, time);

        assertThatThrownBy(() -> dialWith(foreign.member()))
                .isInstanceOf(PeerRefusedException.class)
                .hasMessageContaining("its certificate is of another domain: it was issued by 'Actium domain ");
        assertThat(refusal(listener)).contains("certificate");
        assertThat(server.connections).isEmpty();
        assertThatMembersGetIn();
    }

    /** Who believes anybody is not believed for that. */
    @Test
    public void refusesTheCertificateOfAnotherDomainThatBelievesThisOne() throws Exception {
        CredulousMember foreign = new CredulousMember(new TestDomain(2, time).member());
        Connection refused = dialWith(foreign);
        assertThat(client.closings.take()).startsWith("connection lost: ");
        assertThat(refusal(listener))
                .contains("its certificate is of another domain: it was issued by 'Actium domain ");
        assertThat(server.connections).isEmpty();
        assertThatThrownBy(() -> refused.send(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        assertThatMembersGetIn();
    }

    @Test
    public void refusesAnExpiredCertificate() throws Exception {
        DomainSecurity member = domain.member();
        time.advance(Duration.ofHours(2));
        LinkSecurity fresh = domain.member();
        time.advance(Duration.ofMinutes(61));
        List.copyOf(time.timers).getFirst().run(); // the founder renews, the member does not

        dialWith(new CredulousMember(member));
        assertThat(refusal(listener)).contains("its certificate expired at 2030-01-01T03:00:00Z; here it is ");
        assertThat(server.connections).isEmpty();
        dialWith(fresh);
        assertThat(server.connections.take().identity()).isInstanceOf(PeerIdentity.Member.class);
    }

    @Test
    public void aRenewedCertificateIsForNewConnectionsAndOldOnesStay() throws Exception {
        LinkSecurity member = domain.member();
        Connection old = dialWith(member);
        server.connections.take();
        time.advance(Duration.ofHours(2));
        List.copyOf(time.timers).getFirst().run();
        time.advance(Duration.ofMinutes(61));

        old.send(ByteBuffer.wrap(new byte[] {1}));
        assertThat(server.frames.take()).as("on a connection from before").containsExactly(1);
        dialWith(member);
        assertThat(refusal(listener)).as("the member has not renewed its own").contains("its certificate expired");
    }

    @Test
    public void closesAConnectionThatDoesNotSpeakTls() throws Exception {
        Socket raw = rawSocket();
        raw.getOutputStream().write("ACT\1\0\0\0\1x".getBytes(StandardCharsets.US_ASCII));

        assertThat(raw.getInputStream().read()).as("end").isEqualTo(-1);
        assertThat(refusalOf(raw)).isEqualTo("it does not speak TLS: the first byte is 65");
        assertThat(server.connections).isEmpty();
        assertThatMembersGetIn();
    }

    @Test
    public void closesAConnectionWhoseHandshakeIsGarbage() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            garbage[0] = 22;
            try (Socket raw = rawSocket()) {
                raw.getOutputStream().write(garbage);
                raw.shutdownOutput();
                assertThat(refusalOf(raw)).isNotEmpty();
            }
        }
        assertThat(server.connections).isEmpty();
        assertThatMembersGetIn();
    }

    @Test
    public void closesAConnectionThatSpeaksTlsForSomethingElse() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {CredulousMember.TRUST}, null);
        try (SSLSocket https = (SSLSocket) context.getSocketFactory().createSocket()) {
            https.connect(new InetSocketAddress("127.0.0.1", listener.endpoint().port()));
            https.startHandshake();
            assertThat(refusalOf(https)).isEqualTo("it speaks TLS, but not for Actium");
        }
        assertThat(server.connections).isEmpty();
    }

    @Test
    public void refusesAnOlderTls() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, new TrustManager[] {CredulousMember.TRUST}, null);
        try (SSLSocket old = (SSLSocket) context.getSocketFactory().createSocket()) {
            old.connect(new InetSocketAddress("127.0.0.1", listener.endpoint().port()));
            assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
            assertThat(refusalOf(old)).contains("TLSv1.2");
        }
    }

    @Test
    public void garbageAfterTheHandshakeEndsThatConnectionOnly() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Tamperer tamperer = new Tamperer(proxy, listener.endpoint().port())) {
            Transport other = over(domain.member());
            Connection tampered = other.dial(new Endpoint("127.0.0.1", proxy.getLocalPort()), LONG_ENOUGH, client);
            server.connections.take();
            tamperer.spoil();
            tampered.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(server.closings.take()).startsWith("connection lost: ").contains("Tag mismatch");
        }
        assertThat(server.frames).isEmpty();
        assertThatMembersGetIn();
    }

    @Test
    public void whoOpensManyConnectionsAndSaysNothingKeepsNobodyOut() throws Exception {
        for (int i = 0; i < 3 * LIMITS.pending(); i++) {
            rawSocket().getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1}); // the beginning of a handshake
        }
        assertThatMembersGetIn();
        assertThat(refusal(listener)).isEqualTo("it has not said who it is, and 4 others who have not are waiting too");
    }

    @Test
    public void closesAConnectionWhoseHandshakeTakesTooLong() throws Exception {
        Transport impatient =
                new TcpTransport(new JvmThreads(), domain.founder(), new GreetingLimits(Duration.ofMillis(50), 4));
        try (Transport.Listener other = impatient.listen(new Endpoint("127.0.0.1", 0), server::accepted);
                Socket silent = new Socket(
                        InetAddress.getLoopbackAddress(), other.endpoint().port())) {
            assertThat(silent.getInputStream().read()).as("end").isEqualTo(-1);
            assertThat(refusal(other)).isEqualTo("the TLS handshake was not finished within 50 ms");
        }
    }

    /** Each byte comes in time, and the whole does not. */
    @Test
    public void closesAConnectionWhoseHandshakeDrips() throws Exception {
        Transport impatient =
                new TcpTransport(new JvmThreads(), domain.founder(), new GreetingLimits(Duration.ofMillis(300), 4));
        byte[] record = new byte[4000];
        System.arraycopy(new byte[] {22, 3, 1, 15, (byte) 155, 1, 0, 15, (byte) 151}, 0, record, 0, 9);
        try (Transport.Listener other = impatient.listen(new Endpoint("127.0.0.1", 0), server::accepted);
                Socket dripping = new Socket(
                        InetAddress.getLoopbackAddress(), other.endpoint().port())) {
            dripping.setTcpNoDelay(true);
            assertThatThrownBy(() -> {
                        for (byte drop : record) {
                            dripping.getOutputStream().write(drop);
                            LockSupport.parkNanos(1_000_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(log.take(other.endpoint() + ": 127.0.0.1:" + dripping.getLocalPort() + " is refused: "))
                    .isEqualTo("the TLS handshake was not finished within 300 ms");
        }
        assertThat(server.connections).isEmpty();
        assertThatMembersGetIn();
    }

    @Test
    public void givesUpDiallingWhereNobodyFinishesTheHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());
            assertThatThrownBy(() -> transport.dial(endpoint, Duration.ofMillis(50), client))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("no TLS with " + endpoint + ": the TLS handshake was not finished within ");
        }
    }

    @Test
    public void saysThatWhatItDialsDoesNotSpeakTls() throws Exception {
        Transport bare = new TcpTransport(new JvmThreads());
        try (Transport.Listener there = bare.listen(new Endpoint("127.0.0.1", 0), server::accepted)) {
            assertThatThrownBy(() -> transport.dial(there.endpoint(), LONG_ENOUGH, client))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "no TLS with " + there.endpoint() + ": it closed the connection during the TLS handshake");
        }
    }

    @Test
    public void listensBeyondLoopback() throws Exception {
        try (Transport.Listener everywhere = transport.listen(new Endpoint("0.0.0.0", 0), server::accepted)) {
            assertThat(everywhere.endpoint().host()).isNotEqualTo("0.0.0.0");
            assertThat(everywhere.endpoints()).contains(everywhere.endpoint());
            assertThat(transport.probe(everywhere.endpoints())).hasSameElementsAs(everywhere.endpoints());
            Connection connection = transport.dial(everywhere.endpoint(), LONG_ENOUGH, client);
            client.connections.add(connection);
            assertThat(connection.identity()).isInstanceOf(PeerIdentity.Member.class);
        }
    }
}
