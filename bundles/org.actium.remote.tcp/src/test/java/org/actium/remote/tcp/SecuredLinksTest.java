package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Links over TLS, from a token to a certificate, and everybody who must not have one. */
public class SecuredLinksTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Random random = new Random(11);
    private final JvmThreads threads = new JvmThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, random);
    private final LogLines log = LogLines.of(RuntimeLinks.class);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Node parent = new Node("parent");

    private final class Node {

        private final LocalRuntime runtime;
        private final DomainSecurity security;
        private final TcpTransport transport;
        private final RuntimeLinks links;
        private final BlockingQueue<Optional<String>> tokens = new LinkedBlockingQueue<>();
        private final BlockingQueue<Byte> received = new LinkedBlockingQueue<>();

        Node(String name) {
            this(name, ports, transport -> transport);
        }

        Node(String name, Ports ports, UnaryOperator<Transport> wrapping) {
            runtime = new LocalRuntime(name, random);
            security = new DomainSecurity(runtime, time, random, DomainSettings.DEFAULT);
            transport = new TcpTransport(threads, security);
            links = new RuntimeLinks(
                    runtime, wrapping.apply(transport), ports, LinkSettings.WITH_CERTIFICATES, LOOPBACK, security);
            links.listen(new LinkListener() {
                @Override
                public void opened(Link link, Optional<String> tokenId) {
                    tokens.add(tokenId);
                }
            });
            links.handle(Channel.OBJECTS, (from, frame) -> received.add(frame.get()));
            opened.add(links);
            opened.add(security);
        }

        Endpoint endpoint() {
            return links.self().endpoints().getFirst();
        }

        Link joins(Node other, JoinToken token) {
            return links.join(other.endpoint(), token, MINUTE);
        }
    }

    /** The answer to the first one who asks for a certificate comes as somebody else says; all else as it should. */
    private record Faltering(Transport real, AtomicBoolean faltered, BiConsumer<Runnable, Connection> answer)
            implements Transport {

        Faltering(Transport real, BiConsumer<Runnable, Connection> answer) {
            this(real, new AtomicBoolean(), answer);
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
            return real.listen(endpoint, acceptor);
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            return real.dial(endpoint, timeout, handler);
        }

        @Override
        public Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler)
                throws IOException {
            return real.dialStranger(endpoint, timeout, faltered.getAndSet(true) ? handler : faltering(handler));
        }

        private ConnectionHandler faltering(ConnectionHandler handler) {
            return new ConnectionHandler() {
                private boolean challenged;

                @Override
                public void received(Connection from, ByteBuffer frame) {
                    if (challenged) {
                        answer.accept(() -> handler.received(from, frame), from);
                    } else {
                        challenged = true;
                        handler.received(from, frame);
                    }
                }

                @Override
                public void closed(Connection from, String reason) {
                    handler.closed(from, reason);
                }
            };
        }
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
        log.close();
    }

    private static void assertThatItCarries(Link link, Node receiver) throws InterruptedException {
        link.send(Channel.OBJECTS, ByteBuffer.wrap(new byte[] {42}));
        assertThat(receiver.received.take()).isEqualTo((byte) 42);
    }

    @Test
    public void aTokenBringsACertificateAndALinkThatIsKnownByTheToken() throws Exception {
        Node child = new Node("child");
        JoinToken token = parent.links.issue(MINUTE);
        Link link = child.joins(parent, token);

        assertThat(parent.tokens.take()).contains(token.id());
        assertThatItCarries(link, parent);
        assertThat(parent.links.all()).hasSize(1);
    }

    @Test
    public void membersLinkWithEachOtherWithoutTheFounder() throws Exception {
        Node one = new Node("one");
        Node two = new Node("two");
        one.joins(parent, parent.links.issue(MINUTE));
        two.joins(parent, parent.links.issue(MINUTE));
        parent.links.close();

        assertThatItCarries(one.links.to(two.links.self()), two);
        assertThat(two.tokens.take()).as("of its link to the parent").isEmpty();
        assertThat(two.tokens.take()).as("a member comes without a token").isEmpty();
    }

    @Test
    public void aWrongTokenIsRefusedOnBothSidesAndNotUsedUp() throws Exception {
        Node child = new Node("child");
        JoinToken token = parent.links.issue(MINUTE);
        assertThatThrownBy(() -> child.joins(parent, new JoinToken(token.id(), "guessed")))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("the secret of join token " + token.id() + " is not the one that parent (")
                .hasMessageContaining("check that the token was copied whole");
        assertThat(log.take("child (" + child.runtime.id() + ") at 127.0.0.1:"))
                .contains("is not admitted: child (" + child.runtime.id() + ") refuses: the secret");

        assertThatItCarries(child.joins(parent, token), parent);
    }

    @Test
    public void aTokenAdmitsOneRuntimeOnly() throws Exception {
        Node child = new Node("child");
        Node late = new Node("late");
        JoinToken token = parent.links.issue(MINUTE);
        Link link = child.joins(parent, token);

        assertThatThrownBy(() -> late.joins(parent, token))
                .isInstanceOf(AdmissionException.class)
                .hasMessageEndingWith("refuses: join token " + token.id() + " was used already");
        assertThat(log.take("late (" + late.runtime.id() + ") at 127.0.0.1:"))
                .endsWith("is not admitted: join token " + token.id() + " was used already");
        assertThatItCarries(link, parent);
    }

    @Test
    public void whoseCertificateGotLostJoinsWithTheSameToken() throws Exception {
        Node child = new Node("child", ports, real -> new Faltering(real, (answer, connection) -> connection.close()));
        JoinToken token = parent.links.issue(MINUTE);
        assertThatThrownBy(() -> child.joins(parent, token)).isInstanceOf(UnreachableException.class);

        assertThatItCarries(child.joins(parent, token), parent);
        assertThat(parent.tokens.take()).contains(token.id());
    }

    @Test
    public void whoseCertificateCameTooLateJoinsWithTheSameToken() throws Exception {
        SettableTime clock = new SettableTime();
        CountDownLatch late = new CountDownLatch(1);
        Node child = new Node(
                "child",
                new Ports(clock, threads, random),
                real -> new Faltering(real, (answer, from) -> {
                    clock.advance(MINUTE);
                    clock.runDue();
                    answer.run(); // whoever joins has given up, and its connection is closed
                    late.countDown();
                }));
        JoinToken token = parent.links.issue(MINUTE.multipliedBy(5));
        assertThatThrownBy(() -> child.joins(parent, token))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("the handshake was not finished within 60000 ms");
        late.await();

        assertThatItCarries(child.joins(parent, token), parent);
        assertThat(parent.tokens.take()).contains(token.id());
    }

    @Test
    public void aStrangerMayDoNothingButJoin() throws Exception {
        Node stranger = new Node("stranger");
        assertThatThrownBy(() -> stranger.links.to(parent.links.self()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("its certificate is of another domain");
        assertThat(parent.links.all()).isEmpty();
    }

    @Test
    public void aStrangerThatTalksGarbageIsClosedAndNamed() throws Exception {
        Node stranger = new Node("stranger");
        BlockingQueue<String> closings = new LinkedBlockingQueue<>();
        Connection connection = stranger.transport.dialStranger(parent.endpoint(), MINUTE, new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {}

            @Override
            public void closed(Connection from, String reason) {
                closings.add(reason);
            }
        });
        byte[] garbage = new byte[100];
        random.nextBytes(garbage);
        connection.send(ByteBuffer.wrap(garbage));

        assertThat(closings.take()).isNotEmpty();
        assertThat(log.take("the other side at 127.0.0.1:"))
                .contains("is not admitted: the other side is no runtime of Actium");
        assertThatItCarries(new Node("child").joins(parent, parent.links.issue(MINUTE)), parent);
    }

    @Test
    public void strangersThatSayNothingKeepNobodyOut() throws Exception {
        Node stranger = new Node("stranger");
        BlockingQueue<String> closings = new LinkedBlockingQueue<>();
        for (int i = 0; i < 130; i++) {
            stranger.transport.dialStranger(parent.endpoint(), MINUTE, new ConnectionHandler() {
                @Override
                public void received(Connection from, ByteBuffer frame) {}

                @Override
                public void closed(Connection from, String reason) {
                    closings.add(reason);
                }
            });
        }
        assertThat(closings.take()).as("of the oldest").isNotEmpty();
        assertThat(log.take("the other side at 127.0.0.1:")).contains("it has not said who it is");
        assertThatItCarries(new Node("child").joins(parent, parent.links.issue(MINUTE)), parent);
    }
}
