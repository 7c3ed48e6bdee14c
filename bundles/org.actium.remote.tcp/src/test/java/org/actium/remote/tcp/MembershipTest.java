package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Connection;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.actium.security.domain.Line;
import org.actium.security.domain.OpenLinks;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What becomes of open links when certificates are renewed, expire, or belong to somebody who was expelled. */
public class MembershipTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofHours(3);
    private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Random random = new Random(12);
    private final JvmThreads threads = new JvmThreads();
    private final SystemTime time = new SystemTime(threads);
    /** Certificates go by a clock of their own. */
    private final SettableTime calendar = new SettableTime();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Node founder = new Node("founder");
    private final Node member = new Node("member");

    private final class Node {

        private final LocalRuntime runtime;
        private final DomainSecurity security;
        private final NotedConnections connections;
        private final RuntimeLinks links;
        private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        private final Set<String> open = ConcurrentHashMap.newKeySet(); // names of those it has heard of a link to
        private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

        Node(String name) {
            this(name, threads);
        }

        /** @param looking has the frames of the channel of membership looked at */
        Node(String name, Threads looking) {
            runtime = new LocalRuntime(name, random);
            security = new DomainSecurity(runtime, calendar, random, new DomainSettings(false, Optional.empty(), LIFE));
            connections = new NotedConnections(new TcpTransport(threads, security));
            links = new RuntimeLinks(
                    runtime,
                    connections,
                    new Ports(time, threads, random),
                    LinkSettings.WITH_CERTIFICATES,
                    LOOPBACK,
                    security);
            links.listen(new LinkListener() {
                @Override
                public void opened(Link link, Optional<String> tokenId) {
                    open.add(link.peer().name());
                }

                @Override
                public void closed(Link link, String reason) {
                    closings.add(reason);
                }
            });
            links.handle(Channel.OBJECTS, (from, frame) -> received.add(frame.getInt()));
            opened.add(new OpenLinks(links, security, calendar, looking));
            opened.add(links);
            opened.add(security);
        }

        Link joins(Node other) {
            Link link = links.join(other.links.self().endpoints().getFirst(), other.links.issue(MINUTE), MINUTE);
            awaitLink(this, other);
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

    /** The connection that carries its only link, when that for its certificate has ended. */
    private static Connection onlyConnection(Node node) {
        while (node.connections.made() < 2 || node.connections.open().size() > 1) {
            Thread.onSpinWait();
        }
        return node.connections.open().getFirst();
    }

    /** Who has a link need not have heard of it yet, and does not hear of its end then. */
    private static void awaitLink(Node one, Node other) {
        while (!one.open.contains(other.runtime.name()) || !other.open.contains(one.runtime.name())) {
            Thread.onSpinWait();
        }
    }

    private void awaitMemberUntil(Instant newest, Node who, Node peer) throws InterruptedException {
        while (!Line.memberUntil(who.security, peer.runtime.id()).equals(Optional.of(newest))) {
            Thread.onSpinWait();
        }
    }

    /** Lets two thirds of a life pass, has both renew, and waits until each knows of the other's new certificate. */
    private void renewAll() throws InterruptedException {
        calendar.advance(LIFE.multipliedBy(2).dividedBy(3));
        calendar.runDue();
        Instant newest = calendar.instant().plus(LIFE);
        awaitMemberUntil(newest, founder, member);
        awaitMemberUntil(newest, member, founder);
    }

    @Test
    public void aLinkInUseOutlivesManyCertificatesAndLosesAndRepeatsNothing() throws Exception {
        Link there = member.joins(founder);
        Link back = founder.links.existing(member.runtime.id()).orElseThrow();
        Line.between(member.security, founder.security);
        Connection ofMember = onlyConnection(member);
        Connection ofFounder = onlyConnection(founder);
        CompletableFuture<Void> enough = new CompletableFuture<>();
        CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> {
            int number = 0;
            while (!enough.isDone()) {
                there.send(Channel.OBJECTS, ByteBuffer.allocate(4).putInt(0, number));
                back.send(Channel.OBJECTS, ByteBuffer.allocate(4).putInt(0, number));
                number++;
            }
            return number;
        });

        for (int life = 0; life < 5; life++) {
            renewAll();
        }
        enough.complete(null);

        int count = sent.get();
        for (int number : IntStream.range(0, count).toArray()) {
            assertThat(founder.received.take()).isEqualTo(number);
            assertThat(member.received.take()).isEqualTo(number);
        }
        assertThat(founder.received).isEmpty();
        assertThat(founder.closings)
                .as("ten hours after the first certificates")
                .isEmpty();
        assertThat(there.isOpen()).isTrue();
        assertThat(member.connections.open()).as("the same connection").containsExactly(ofMember);
        assertThat(founder.connections.open()).as("the same connection").containsExactly(ofFounder);
        assertThat(member.connections.made() + founder.connections.made())
                .as("both ends of the two connections for joining; no other was tried")
                .isEqualTo(4);
    }

    @Test
    public void aLinkClosesWhenTheCertificateOfItsOtherSideExpires() throws Exception {
        Link link = member.joins(founder);
        while (calendar.timers.size() < 4) {
            Thread.onSpinWait(); // each renews its own, and watches that of the other once it has heard of the link
        }
        calendar.advance(LIFE.dividedBy(2).plusHours(1));
        calendar.runDue(); // the founder renews its own; nobody renews the member's
        awaitMemberUntil(calendar.instant().plus(LIFE), member, founder);
        try (LogLines log = LogLines.of(OpenLinks.class)) {
            calendar.advance(LIFE.dividedBy(2));
            calendar.runDue();

            assertThat(founder.closings.take())
                    .isEqualTo("its certificate expired at 2030-01-01T03:00:00Z, and it has shown no newer one");
            assertThat(log.take("link to member (" + member.runtime.id() + ") at 127.0.0.1:"))
                    .contains("is closed: its certificate expired at");
        }
        assertThat(member.closings.take()).contains("expired");
        assertThat(link.isOpen()).isFalse();
        assertThatThrownBy(() -> founder.links.to(member.links.self()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("its certificate expired at");
    }

    @Test
    public void whoIsExpelledLosesItsLinksToAllAndGetsNoOthers() throws Exception {
        Node other = new Node("other");
        member.joins(founder);
        other.joins(founder);
        other.links.to(member.links.self());
        awaitLink(other, member);
        Line.between(other.security, founder.security);
        RuntimeLinks offender = member.links;

        other.security.expel(member.runtime.id());

        String why = "runtime " + member.runtime.id() + " was expelled from the domain at 2030-01-01T00:00:00Z";
        assertThat(founder.closings.take()).isEqualTo(why);
        assertThat(other.closings.take()).isEqualTo(why);
        assertThat(List.of(member.closings.take(), member.closings.take())).allMatch(reason -> reason.endsWith(why));
        try (LogLines log = LogLines.of(TcpListener.class)) {
            for (Node refusing : List.of(founder, other)) {
                Endpoint endpoint = refusing.links.self().endpoints().getFirst();
                assertThatThrownBy(() -> offender.to(refusing.links.self())).isInstanceOf(RuntimeException.class);
                assertThat(log.take(endpoint + ": 127.0.0.1:")).contains(" is refused: " + why);
            }
        }
        assertThat(founder.links.existing(other.runtime.id())).as("others stay").isPresent();
    }

    @Test
    public void whoComesLaterLearnsWhoWasExpelled() throws Exception {
        member.joins(founder);
        founder.security.expel(member.runtime.id());
        founder.closings.take();
        Node late = new Node("late");
        late.joins(founder);
        while (late.security.expelled().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(late.security.expelled()).containsExactly(member.runtime.id());
        assertThatThrownBy(() -> late.links.to(member.links.self()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("was expelled from the domain");
    }

    /** Sends one frame over a new link, and returns why the other side has closed that. */
    private static String answer(Node mad, Node victim, byte[] frame) throws InterruptedException {
        mad.open.clear();
        victim.open.remove(mad.runtime.name());
        Link link = mad.links.to(victim.links.self());
        awaitLink(mad, victim);
        link.send(Channel.MEMBERSHIP, ByteBuffer.wrap(frame));
        String why = victim.closings.take();
        while (link.isOpen()) {
            Thread.onSpinWait();
        }
        return why;
    }

    @Test
    public void whatAMemberShowsThatIsAlmostRightClosesItsLinkAndNoOther() throws Exception {
        long seed = Long.getLong("actium.seed", 20_307);
        Random mutations = new Random(seed);
        Link other = member.joins(founder);
        Node mad = new Node("mad");
        mad.joins(founder).close("begins anew");
        founder.closings.take();
        founder.security.expel(RuntimeId.random(random));
        byte[] proof = Line.proof(mad.security, founder.runtime.id());
        byte[] list = Line.expulsions(founder.security);
        for (int round = 0; round < 60; round++) {
            byte[] honest = round % 2 == 0 ? proof : list;
            byte[] frame = ByteBuffer.allocate(1 + honest.length)
                    .put((byte) (1 + round % 2))
                    .put(honest)
                    .array();
            if (mutations.nextInt(4) == 0) {
                frame = Arrays.copyOf(frame, 1 + mutations.nextInt(honest.length));
            } else {
                frame[1 + mutations.nextInt(honest.length)] ^= (byte) (1 + mutations.nextInt(255));
            }
            assertThat(answer(mad, founder, frame))
                    .as("round %d with seed %d", round, seed)
                    .containsAnyOf("certificate", "list of expelled members", "channel MEMBERSHIP");
        }
        assertThat(founder.links.existing(member.runtime.id())).isPresent();
        assertThat(other.isOpen()).isTrue();
        other.send(Channel.OBJECTS, ByteBuffer.allocate(4).putInt(0, 5));
        assertThat(founder.received.take()).isEqualTo(5);
    }

    @Test
    public void whoSendsMoreThanIsLookedAtLosesItsLink() throws Exception {
        Node slow = new Node("slow", new JvmThreads() {
            @Override
            public void run(Runnable task) {
                // never gets to it
            }
        });
        Link link = member.joins(slow);
        for (int i = 0; i <= 100; i++) {
            link.send(Channel.MEMBERSHIP, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        assertThat(slow.closings.take())
                .contains("member (" + member.runtime.id() + ")")
                .contains("sends more on channel MEMBERSHIP than can be looked at: 100 frames of 300 bytes wait");
    }

    @Test
    public void whoSendsWhatIsUnknownIsWarnedOfOnceOnALink() throws Exception {
        Link link = member.joins(founder);
        String who = "member (" + member.runtime.id() + ")";
        try (LogLines log = LogLines.of(OpenLinks.class)) {
            for (byte type = 7; type < 12; type++) {
                link.send(Channel.MEMBERSHIP, ByteBuffer.wrap(new byte[] {type}));
            }
            link.send(Channel.MEMBERSHIP, ByteBuffer.wrap(new byte[] {2}));
            founder.closings.take();
            assertThat(log.take("")).startsWith(who).contains(" sent a frame of type 7 on channel MEMBERSHIP");
            assertThat(log.take("")).startsWith("link to " + who).contains("is closed: a list of expelled members");
        }
    }
}
