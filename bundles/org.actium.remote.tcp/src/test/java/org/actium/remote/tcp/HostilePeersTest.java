package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.security.domain.CredulousMember;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Members whose connections go bad, and strangers that take their time: each is named, and nobody else is hurt. */
public class HostilePeersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Not so impatient that those who are well, and a link that is resumed, would not make it on a slow machine. */
    private static final LinkSettings IMPATIENT =
            new LinkSettings(Duration.ofMillis(200), 50, Duration.ofSeconds(15), Duration.ofSeconds(5));

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Random random = new Random(13);
    private final JvmThreads threads = new JvmThreads();
    private final SystemTime time = new SystemTime(threads);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Node parent = new Node("parent");
    private final Node bystander = new Node("bystander");

    private final class Node {

        private final LocalRuntime runtime;
        private final DomainSecurity security;
        private final TcpTransport transport;
        private final RuntimeLinks links;
        private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

        Node(String name) {
            runtime = new LocalRuntime(name, random);
            security = new DomainSecurity(runtime, time, random, DomainSettings.DEFAULT);
            transport = new TcpTransport(threads, security);
            links = new RuntimeLinks(
                    runtime,
                    transport,
                    new Ports(time, threads, random),
                    IMPATIENT,
                    new Endpoint("127.0.0.1", 0),
                    security);
            links.handle(Channel.OBJECTS, (from, frame) -> received.add(frame.getInt()));
            links.listen(new LinkListener() {
                @Override
                public void closed(Link link, String reason) {
                    closings.add(link.peer().name() + ": " + reason);
                }
            });
            opened.add(links);
            opened.add(security);
        }

        Endpoint endpoint() {
            return links.self().endpoints().getFirst();
        }

        Link joins() throws InterruptedException {
            Link link = links.join(parent.endpoint(), parent.links.issue(MINUTE), MINUTE);
            assertThatItCarries(link, parent, 1);
            return link;
        }
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    private static void send(Link link, int number) {
        link.send(Channel.OBJECTS, ByteBuffer.allocate(4).putInt(0, number));
    }

    private static void assertThatItCarries(Link link, Node receiver, int number) throws InterruptedException {
        send(link, number);
        assertThat(receiver.received.take()).isEqualTo(number);
    }

    private Link through(ServerSocket proxy, Node member) throws InterruptedException {
        member.joins().close("joined");
        parent.closings.take();
        member.closings.take();
        RuntimeAddress behind = new RuntimeAddress(
                parent.runtime.id(), "parent", List.of(new Endpoint("127.0.0.1", proxy.getLocalPort())));
        Link link = member.links.to(behind);
        assertThatItCarries(link, parent, 2);
        return link;
    }

    /** What others say about the member; at the end of the test's time the log shows what they have said instead. */
    private static void awaitLine(LogLines log, Node member, String what) throws InterruptedException {
        String line = "";
        while (!line.contains(what)) {
            line = log.take("link to member (" + member.runtime.id() + ") at ");
        }
    }

    @Test
    public void garbageAfterTheHandshakeIsNamedAndWhatWasSentArrivesOnceAllTheSame() throws Exception {
        Link other = bystander.joins();
        Node member = new Node("member");
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Tamperer tamperer = new Tamperer(proxy, parent.endpoint().port());
                LogLines log = LogLines.infosOf("org.actium.remote.core.RuntimeLink")) {
            Link link = through(proxy, member);
            tamperer.spoil();
            send(link, 3);

            awaitLine(log, member, "is interrupted: connection lost: (bad_record_mac) Tag mismatch");
            assertThat(parent.received.take()).isEqualTo(3);
            assertThat(parent.received).isEmpty();
        }
        assertThatItCarries(other, parent, 4);
    }

    @Test
    public void aConnectionThatDiesWithoutAWordIsNamedAndAnotherOneTakesItsPlace() throws Exception {
        Link other = bystander.joins();
        Node member = new Node("member");
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Tamperer tamperer = new Tamperer(proxy, parent.endpoint().port());
                LogLines log = LogLines.infosOf("org.actium.remote.core.RuntimeLink")) {
            Link link = through(proxy, member);
            tamperer.swallow();
            send(link, 6);
            awaitLine(log, member, "goes on, dialled by"); // either side may have noticed it first
            assertThat(parent.received.take()).isEqualTo(6);
            assertThat(parent.closings).isEmpty();
        }
        assertThatItCarries(other, parent, 5);
    }

    @Test
    public void aStrangerThatSaysNothingAfterTlsIsClosedInTimeAndNamed() throws Exception {
        Link other = bystander.joins();
        BlockingQueue<String> closings = new LinkedBlockingQueue<>();
        try (LogLines log = LogLines.of(RuntimeLinks.class)) {
            new Node("stranger").transport.dialStranger(parent.endpoint(), MINUTE, new ConnectionHandler() {
                @Override
                public void received(Connection from, ByteBuffer frame) {}

                @Override
                public void closed(Connection from, String reason) {
                    closings.add(reason);
                }
            });
            assertThat(closings.take()).isNotEmpty();
            assertThat(log.take("the other side at 127.0.0.1:"))
                    .contains("is not admitted: the handshake was not finished within 5000 ms");
        }
        assertThatItCarries(other, parent, 6);
    }

    @Test
    public void aStrangerThatSaysItsHelloByteByByteIsClosedInTimeAndNamed() throws Exception {
        Link other = bystander.joins();
        try (LogLines log = LogLines.of(RuntimeLinks.class);
                SSLSocket slow = (SSLSocket) believingAnybody()
                        .getSocketFactory()
                        .createSocket(
                                InetAddress.getLoopbackAddress(),
                                parent.endpoint().port())) {
            SSLParameters protocol = slow.getSSLParameters();
            protocol.setApplicationProtocols(new String[] {"actium/1"});
            slow.setSSLParameters(protocol);
            slow.startHandshake();
            int sent = drip(slow.getOutputStream(), new byte[] {'A', 'C', 'T', 1, 0, 0, 1, 0, 4, 1, 1});

            assertThat(sent).as("bytes of a hello that is not whole").isBetween(10, 200);
            assertThat(log.take("the other side at 127.0.0.1:" + slow.getLocalPort()))
                    .contains("is not admitted: the handshake was not finished within 5000 ms");
        }
        assertThatItCarries(other, parent, 7);
    }

    /** One byte at a time, and zeros in the end, until nobody listens any more. */
    private static int drip(OutputStream out, byte[] first) throws InterruptedException {
        for (int sent = 0; ; sent++) {
            try {
                out.write(sent < first.length ? first[sent] : 0);
                out.flush();
            } catch (IOException closed) {
                return sent;
            }
            Thread.sleep(50);
        }
    }

    private static SSLContext believingAnybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {CredulousMember.TRUST}, null);
        return context;
    }
}
