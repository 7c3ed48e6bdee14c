package org.actium.remote.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.Test;

/** How much waits at most for a thread, or for a peer that takes nothing. */
public class TunnelLimitsTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Threads threads = new LaterThreads();
    private final NotedLink asking = new NotedLink("asking", 1);
    private final NotedLink hidden = new NotedLink("hidden", 2);

    /** What is to run on other threads runs when the test wants it. */
    private final class LaterThreads implements Threads {
        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Thread start(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }
    }

    private static final class NotedLink implements Link {
        private final RuntimeAddress peer;
        private final List<String> sent = new ArrayList<>();

        NotedLink(String name, long id) {
            peer = new RuntimeAddress(new RuntimeId(id, id), name, List.of());
        }

        @Override
        public RuntimeAddress peer() {
            return peer;
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            String content = StandardCharsets.US_ASCII
                    .decode(frame.slice(TunnelPort.HEAD_BYTES, frame.remaining() - TunnelPort.HEAD_BYTES))
                    .toString();
            sent.add(frame.get(0) + " " + (frame.get(0) == TunnelPort.OPEN ? "" : content));
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close(String reason) {
            throw new UnsupportedOperationException(reason);
        }
    }

    private static final class StandingTime implements Time {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            return () -> {};
        }
    }

    private final class TwoLinks implements Links {
        private FrameHandler relay;

        @Override
        public RuntimeAddress self() {
            return new RuntimeAddress(new RuntimeId(3, 3), "middle", List.of());
        }

        @Override
        public Optional<Link> existing(RuntimeId peer) {
            return peer.equals(hidden.peer.id()) ? Optional.of(hidden) : Optional.empty();
        }

        @Override
        public Registration handle(Channel channel, FrameHandler handler) {
            relay = handler;
            return () -> {};
        }

        @Override
        public Registration listen(LinkListener listener) {
            return () -> {};
        }

        @Override
        public Link to(RuntimeAddress peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RuntimeAddress resolve(Endpoint endpoint) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Link> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Link join(Endpoint parent, JoinToken token, Duration timeout) {
            throw new UnsupportedOperationException();
        }
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static ByteBuffer frame(byte type, long number, ByteBuffer content) {
        return ByteBuffer.allocate(TunnelPort.HEAD_BYTES + content.remaining())
                .put(type)
                .put((byte) 1)
                .putLong(number)
                .put(content)
                .flip();
    }

    private RelayTransport relay(TwoLinks links, int mostForwarded) {
        var time = new StandingTime();
        var random = new Random(3);
        var security = new DomainSecurity(
                new LocalRuntime("middle", random),
                time,
                random,
                new DomainSettings(true, Optional.empty(), Duration.ofDays(1)));
        return new RelayTransport(links, time, threads, security, mostForwarded);
    }

    @Test
    public void oneLinkHasHalfOfThePlacesAtMost() {
        var links = new TwoLinks();
        var greedy = new NotedLink("greedy", 4);
        relay(links, 5);
        for (int number = 1; number <= 9; number++) {
            links.relay.received(greedy, frame(TunnelPort.OPEN, number, Texts.of(hidden.peer.id(), "greedy")));
        }
        for (int number = 1; number <= 3; number++) {
            links.relay.received(asking, frame(TunnelPort.OPEN, number, Texts.of(hidden.peer.id(), "asking")));
        }
        runAll();
        assertThat(greedy.sent)
                .hasSize(6)
                .containsOnly(
                        "3 middle forwards 3 tunnels for this link already, half of all; raise actium.relay.tunnels there");
        assertThat(asking.sent)
                .containsExactly("3 middle forwards 5 tunnels already; raise actium.relay.tunnels there");

        links.relay.received(greedy, frame(TunnelPort.CLOSED, 1, Texts.of("enough")));
        runAll();
        links.relay.received(greedy, frame(TunnelPort.OPEN, 10, Texts.of(hidden.peer.id(), "greedy")));
        runAll();
        assertThat(greedy.sent).as("in the place of one that has ended").hasSize(6);
        assertThat(hidden.sent).filteredOn(sent -> sent.startsWith("1 ")).hasSize(6);
    }

    @Test
    public void anEndedTunnelKeepsItsPlaceWhileItsEndsTakeNothing() {
        var links = new TwoLinks();
        relay(links, 4);
        for (int number = 1; number <= 4; number++) {
            links.relay.received(asking, frame(TunnelPort.OPEN, number, Texts.of(hidden.peer.id(), "asking")));
            links.relay.received(asking, frame(TunnelPort.CLOSED, number, Texts.of("enough")));
        }
        runAll();
        assertThat(hidden.sent).containsExactly("1 ", "3 enough", "1 ", "3 enough");
        String refused =
                "3 middle forwards 2 tunnels for this link already, half of all; raise actium.relay.tunnels there";
        assertThat(asking.sent).containsExactly(refused, refused);

        links.relay.received(asking, frame(TunnelPort.OPEN, 5, Texts.of(hidden.peer.id(), "asking")));
        runAll();
        assertThat(hidden.sent).as("when all is taken").endsWith("1 ").hasSize(5);
    }

    @Test
    public void whatWasGrantedMayNotComeInPiecesOfAByte() {
        var port = new TunnelPort(asking, false, 1);
        var connection = new TunnelConnection(
                port,
                "asking",
                threads,
                BareBytes::new,
                same -> {
                    throw new UnsupportedOperationException();
                },
                ended -> {});
        int pieces = 0;
        while (!connection.greeted().isDone() && pieces < TunnelConnection.WINDOW) {
            connection.received(port, TunnelPort.DATA, ByteBuffer.allocate(1));
            pieces++;
        }
        assertThat(pieces).isEqualTo(2 * TunnelConnection.WINDOW / (TunnelPort.HEAD_BYTES + 1) + 1);
        assertThat(connection.greeted()).isCompletedExceptionally();
        runAll();
        assertThat(asking.sent).contains("3 what was sent comes in more pieces than this side keeps");
    }
}
