package org.actium.remote.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Members that go mad and ask for tunnels, or are the one in the middle: frames that are almost right. What makes no sense closes
 * a tunnel or the link, nothing fails anywhere else, and tunnels of others go on. {@code -Dactium.seed} takes other frames.
 */
public class RelayFuzzTest {

    private static final int ROUNDS = 60;

    /** In each round, if the link is not closed before. */
    private static final int FRAMES = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final long seed = Long.getLong("actium.seed", 20_306);
    private final Random random = new Random(seed);
    private final Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
    private final Threads threads = new NotingThreads();
    private final SystemTime time = new SystemTime(threads);
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Notes what nobody has caught. */
    private final class NotingThreads implements Threads {

        private final Threads inner = new SystemThreads();

        private Runnable noted(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (Throwable uncaught) {
                    failed.add(uncaught);
                    throw uncaught;
                }
            };
        }

        @Override
        public void run(Runnable task) {
            inner.run(noted(task));
        }

        @Override
        public Thread start(String name, Runnable task) {
            return inner.start(name, noted(task));
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            return inner.startReader(name, noted(task));
        }
    }

    private final class Node {

        private final LocalRuntime runtime;
        private final DomainSecurity security;
        private final RuntimeLinks links;
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final Queue<String> closings = new ConcurrentLinkedQueue<>();

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
            links.handle(
                    Channel.OBJECTS,
                    (from, frame) ->
                            received.add(StandardCharsets.UTF_8.decode(frame).toString()));
            links.listen(new LinkListener() {
                @Override
                public void closed(Link link, String reason) {
                    closings.add(link.peer().name() + ": " + reason);
                }
            });
            opened.add(links);
            opened.add(security);
        }

        Node relaying() {
            RelayTransport relay = new RelayTransport(links, time, threads, security, 8);
            links.addTransport(relay);
            opened.addFirst(relay);
            return this;
        }

        /** Takes what comes for a relay, and does nothing with it. */
        Node idle() {
            links.handle(Channel.RELAY, (from, frame) -> {});
            return this;
        }

        Node joined(Node parent) {
            links.join(parent.links.self().endpoints().getFirst(), parent.links.issue(MINUTE), MINUTE);
            return this;
        }

        /** Says something over the link, and returns when it has arrived. */
        void greet(Node other) throws InterruptedException {
            String text = runtime.name() + random.nextInt();
            links.to(other.links.self()).send(Channel.OBJECTS, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(other.received.take()).isEqualTo(text);
        }
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    /** Asks, and much of what may follow; the numbers of tunnels meet each other. */
    private ByteBuffer frame(RuntimeId... targets) {
        RuntimeId target = targets[random.nextInt(targets.length)];
        byte type = (byte) (1 + random.nextInt(5));
        ByteBuffer content = switch (type) {
            case TunnelPort.OPEN -> Texts.of(target, "mad");
            case TunnelPort.CREDIT -> ByteBuffer.allocate(4).putInt(0, random.nextInt());
            default -> ByteBuffer.allocate(random.nextInt(200));
        };
        byte[] frame = ByteBuffer.allocate(10 + content.remaining())
                .put(type)
                .put((byte) (random.nextInt(8) == 0 ? 0 : 1))
                .putLong(random.nextInt(30))
                .put(content)
                .array();
        switch (random.nextInt(20)) {
            case 0 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> frame = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(40));
            case 2 -> frame[0] = (byte) random.nextInt(-128, 128);
            case 3 -> frame[random.nextInt(Math.min(frame.length, 30))] ^= (byte) (1 + random.nextInt(255));
            default -> {} // as it should be
        }
        return ByteBuffer.wrap(frame);
    }

    /** A link as both sides know it. */
    private record Pair(Optional<Link> near, Optional<Link> far) {

        private boolean isOpen() {
            return near.filter(Link::isOpen).isPresent()
                    && far.filter(Link::isOpen).isPresent();
        }

        private boolean isOther(Pair before) {
            return !near.equals(before.near) && !far.equals(before.far);
        }
    }

    /** Sends until the other side closes the link, and over the next one, which the one of them dials who can. */
    private int rave(Node mad, Node victim, Node dialler, RuntimeId... targets) {
        int closed = 0;
        Pair link = next(mad, victim, dialler, new Pair(Optional.empty(), Optional.empty()));
        for (int round = 0; round < ROUNDS; round++) {
            String last = "round " + round;
            try {
                for (int i = 0; i < FRAMES; i++) {
                    link.near.orElseThrow().send(Channel.RELAY, frame(targets));
                }
                link.near.orElseThrow().send(Channel.OBJECTS, ByteBuffer.wrap(last.getBytes(StandardCharsets.UTF_8)));
            } catch (LinkClosedException end) {
                // it is closed, and that is looked at below
            }
            Link far = link.far.orElseThrow();
            while (far.isOpen() && !victim.received.contains(last)) {
                Thread.yield();
            }
            if (!far.isOpen()) {
                closed++;
                link = next(mad, victim, dialler, link);
            }
        }
        victim.received.clear();
        return closed;
    }

    private static Pair next(Node mad, Node victim, Node dialler, Pair before) {
        Node other = dialler == mad ? victim : mad;
        while (true) {
            dialler.links.to(other.links.self());
            Pair pair = new Pair(mad.links.existing(victim.runtime.id()), victim.links.existing(mad.runtime.id()));
            if (pair.isOpen() && pair.isOther(before)) {
                return pair;
            }
            Thread.yield();
        }
    }

    @Test
    public void framesForTheOneInTheMiddleThatAreAlmostRightHarmNobodyElse() throws Exception {
        Node middle = new Node("middle", false).relaying();
        Node hidden = new Node("hidden", true).relaying().joined(middle);
        Node other = new Node("other", false).relaying().joined(middle);
        Node mad = new Node("mad", false).idle().joined(middle);
        other.greet(hidden);
        Link through = other.links.existing(hidden.runtime.id()).orElseThrow();
        Link direct = middle.links.existing(hidden.runtime.id()).orElseThrow();

        int closed = rave(mad, middle, mad, hidden.runtime.id(), middle.runtime.id(), other.runtime.id());

        assertThat(closed).as("rounds that closed the link, with seed %d", seed).isGreaterThan(ROUNDS / 10);
        assertThat(middle.closings)
                .as("why, with seed %d", seed)
                .isNotEmpty()
                .allMatch(closing -> closing.startsWith("mad: "))
                .anyMatch(closing -> closing.contains("mad (" + mad.runtime.id() + ")")
                        && closing.contains("on channel RELAY that makes no sense"));
        other.greet(hidden);
        assertThat(other.links.existing(hidden.runtime.id())).hasValue(through);
        assertThat(middle.links.existing(hidden.runtime.id())).hasValue(direct);
        assertThat(failed).as("what nobody caught, with seed %d", seed).isEmpty();
    }

    @Test
    public void framesOfTheOneInTheMiddleThatAreAlmostRightHarmNoOtherLink() throws Exception {
        Node middle = new Node("middle", false).relaying();
        Node hidden = new Node("hidden", true).relaying().joined(middle);
        Node mad = new Node("mad", false).idle().joined(middle);
        Node other = new Node("other", false).relaying().joined(middle);
        hidden.greet(mad);
        other.greet(hidden);
        Link through = other.links.existing(hidden.runtime.id()).orElseThrow();

        int closed = rave(mad, hidden, hidden, hidden.runtime.id(), middle.runtime.id());

        assertThat(closed).as("rounds that closed the link, with seed %d", seed).isGreaterThan(ROUNDS / 10);
        assertThat(hidden.closings)
                .as("why, with seed %d", seed)
                .isNotEmpty()
                .allMatch(closing -> closing.startsWith("mad: "));
        other.greet(hidden);
        assertThat(other.links.existing(hidden.runtime.id())).hasValue(through);
        assertThat(failed).as("what nobody caught, with seed %d", seed).isEmpty();
    }
}
