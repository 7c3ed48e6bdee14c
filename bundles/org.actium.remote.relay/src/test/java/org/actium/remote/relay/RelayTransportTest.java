package org.actium.remote.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Three runtimes of this JVM with sockets and TLS: one accepts no connections, and the one in the middle forwards. */
public class RelayTransportTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Random random = new Random(5);
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Node middle = new Node("middle", false);

    private final class Node {

        private final LocalRuntime runtime;
        private final DomainSecurity security;
        private final RuntimeLinks links;
        private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        Node(String name, boolean outgoingOnly) {
            runtime = new LocalRuntime(name, random);
            security = new DomainSecurity(runtime, time, random, DomainSettings.DEFAULT);
            Ports ports = new Ports(time, threads, random);
            TcpTransport tcp = new TcpTransport(threads, security);
            if (outgoingOnly) {
                links = RuntimeLinks.outgoingOnly(runtime, ports, LinkSettings.WITH_CERTIFICATES, security);
                links.addTransport(tcp);
            } else {
                links = new RuntimeLinks(
                        runtime, tcp, ports, LinkSettings.WITH_CERTIFICATES, new Endpoint("127.0.0.1", 0), security);
            }
            links.handle(Channel.OBJECTS, (from, frame) -> {
                await(gate);
                byte[] content = new byte[frame.remaining()];
                frame.get(content);
                received.add(content);
            });
            links.listen(new LinkListener() {
                @Override
                public void closed(Link link, String reason) {
                    closings.add(link.peer().name() + ": " + reason);
                }
            });
            opened.add(links);
            opened.add(security);
        }

        private static void await(CountDownLatch gate) {
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        Node relaying(int tunnels) {
            RelayTransport relay = new RelayTransport(links, time, threads, security, tunnels);
            links.addTransport(relay);
            opened.addFirst(relay);
            return this;
        }

        Node joined() {
            links.join(middle.links.self().endpoints().getFirst(), middle.links.issue(MINUTE), MINUTE);
            return this;
        }

        String text() throws InterruptedException {
            return new String(received.take(), StandardCharsets.UTF_8);
        }
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    private static void send(Link link, String text) {
        link.send(Channel.OBJECTS, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void aRuntimeThatAcceptsNoConnectionsIsReachedThroughTheOneItHasDialled() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Endpoint endpoint = middle.links.self().endpoints().getFirst();
        assertThat(hidden.links.self().endpoints()).singleElement().satisfies(way -> {
            assertThat(way.transport()).isEqualTo("relay");
            assertThat(way.host()).endsWith("." + endpoint.host());
            assertThat(way.port()).isEqualTo(endpoint.port());
        });
        assertThat(middle.links
                        .existing(hidden.runtime.id())
                        .orElseThrow()
                        .peer()
                        .endpoints())
                .as("what the handshake has told")
                .isEqualTo(hidden.links.self().endpoints());

        Link link = other.links.to(hidden.links.self());
        assertThat(link.route()).isEqualTo("relay through middle (" + middle.runtime.id() + ")");
        assertThat(link.peer().id()).isEqualTo(hidden.runtime.id());
        send(link, "there");
        assertThat(hidden.text()).isEqualTo("there");
        Link back = hidden.links.existing(other.runtime.id()).orElseThrow();
        assertThat(back.route()).isEqualTo("relay through middle (" + middle.runtime.id() + ")");
        send(back, "back");
        assertThat(other.text()).isEqualTo("back");
    }

    @Test
    public void framesOfAnyLengthCrossInOrder() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Link link = other.links.to(hidden.links.self());
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {0, 1, 100, 16 << 10, (16 << 10) + 1, 300_000, 5 << 20, 3}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            sent.add(content);
            link.send(Channel.OBJECTS, ByteBuffer.wrap(content));
        }
        for (byte[] content : sent) {
            assertThat(hidden.received.take()).isEqualTo(content);
        }
    }

    @Test
    public void aSlowEndStopsItsSenderAndNobodyElse() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Link link = other.links.to(hidden.links.self());
        hidden.gate = new CountDownLatch(1);
        int count = 40;
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; i++) {
                link.send(Channel.OBJECTS, ByteBuffer.allocate(TunnelConnection.WINDOW / 4));
            }
        });

        send(other.links.to(middle.links.self()), "to the one in the middle");
        assertThat(middle.text()).isEqualTo("to the one in the middle");
        assertThat(sender).as("ten windows").isNotDone();

        hidden.gate.countDown();
        sender.get();
        for (int i = 0; i < count; i++) {
            assertThat(hidden.received.take()).hasSize(TunnelConnection.WINDOW / 4);
        }
    }

    @Test
    public void aLinkGoesOnDirectlyWhenTheOneInTheMiddleHasEnded() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Link link = other.links.to(hidden.links.self());
        send(link, "through it");
        middle.links.close();
        send(link, "without it");

        assertThat(hidden.text()).isEqualTo("through it");
        assertThat(hidden.text()).isEqualTo("without it");
    }

    /** Who forwards has taken nothing over: what it had is sent again, once, in its order. */
    @Test
    public void theOneInTheMiddleAcknowledgesNothing() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Link link = other.links.to(hidden.links.self());
        hidden.gate = new CountDownLatch(1);
        List<String> sent = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        for (String text : sent) {
            send(link, text); // all are in the middle or behind it, and none is handled
        }
        middle.links.close();
        hidden.gate.countDown();

        for (String text : sent) {
            assertThat(hidden.text()).isEqualTo(text);
        }
        send(link, "the last");
        assertThat(hidden.text()).isEqualTo("the last");
        assertThat(link.route()).startsWith("tcp ");
        assertThat(hidden.received).isEmpty();
    }

    @Test
    public void theEndOfTheOneInTheMiddleIsNoticedAtBothEnds() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", true).relaying(8).joined();
        send(other.links.to(hidden.links.self()), "there");
        assertThat(hidden.text()).isEqualTo("there");
        middle.links.close();
        assertThat(List.of(other.closings.take(), other.closings.take()))
                .anyMatch(closing -> closing.startsWith("hidden: "));
        assertThat(List.of(hidden.closings.take(), hidden.closings.take()))
                .anyMatch(closing -> closing.startsWith("other: "));
    }

    @Test
    public void closingALinkThroughARelayTellsTheOtherSideWhy() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        Link link = other.links.to(hidden.links.self());
        send(link, "once");
        assertThat(hidden.text()).isEqualTo("once");
        link.close("enough");
        assertThat(hidden.closings.take()).isEqualTo("other: closed by other: enough");
        send(other.links.to(hidden.links.self()), "again");
        assertThat(hidden.text()).isEqualTo("again");
    }

    @Test
    public void saysWhyThereIsNoWay() throws Exception {
        middle.relaying(0);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        assertThatThrownBy(() -> other.links.to(hidden.links.self()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("middle forwards 0 tunnels already; raise actium.relay.tunnels there");
        RuntimeAddress gone = hidden.links.self();
        hidden.links.close();
        while (middle.links.existing(hidden.runtime.id()).isPresent()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> other.links.to(gone))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("there is no direct link to runtime " + hidden.runtime.id() + " at middle");
    }

    @Test
    public void whoIsReachedAtTheWrongEndIsNotTakenForTheOther() throws Exception {
        middle.relaying(8);
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node wrong = new Node("wrong", true).relaying(8).joined();
        Node other = new Node("other", false).relaying(8).joined();
        RuntimeAddress misled = new RuntimeAddress(
                hidden.runtime.id(), "hidden", wrong.links.self().endpoints());
        assertThatThrownBy(() -> other.links.to(misled))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("wrong (" + wrong.runtime.id() + ") answers there");
    }

    /** Forwards frames between two links as a relay does, and looks at them. */
    private final class Eavesdropper {

        private final BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
        private volatile boolean spoiling;

        Eavesdropper(Node one, Node other) {
            middle.links.handle(Channel.RELAY, (from, frame) -> {
                Node next = from.peer().id().equals(one.runtime.id()) ? other : one;
                byte[] copy = new byte[frame.remaining()];
                frame.get(copy);
                seen.add(copy.clone());
                if (spoiling && copy[0] == TunnelPort.DATA && copy.length > 100) {
                    copy[copy.length - 20] ^= 1;
                }
                Optional<Link> link = middle.links.existing(next.runtime.id());
                link.ifPresent(way -> way.send(Channel.RELAY, ByteBuffer.wrap(copy)));
            });
        }
    }

    @Test
    public void theOneInTheMiddleCanNeitherReadNorForge() throws Exception {
        Node hidden = new Node("hidden", true).relaying(8).joined();
        Node other = new Node("other", true).relaying(8).joined();
        Eavesdropper eavesdropper = new Eavesdropper(other, hidden);
        Link link = other.links.to(hidden.links.self());
        String secret = "attack at dawn ".repeat(20);
        send(link, secret);
        assertThat(hidden.text()).isEqualTo(secret);
        assertThat(eavesdropper.seen)
                .hasSizeGreaterThan(5)
                .noneMatch(frame -> new String(frame, StandardCharsets.ISO_8859_1).contains("attack"));

        eavesdropper.spoiling = true;
        assertThatThrownBy(() -> {
                    while (true) {
                        send(link, secret);
                    }
                })
                .isInstanceOf(LinkClosedException.class);
        assertThat(hidden.closings.take()).startsWith("other: ");
        assertThat(hidden.received).as("nothing that was changed").isEmpty();
    }
}
