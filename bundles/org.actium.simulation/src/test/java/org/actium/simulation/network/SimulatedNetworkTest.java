package org.actium.simulation.network;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.simulation.engine.Ending;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Strategy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SimulatedNetworkTest {

    private static final Duration LONG_ENOUGH = ofSeconds(10);
    private static final Endpoint SERVER = new Endpoint("h2", 7000);
    private static final LinkQuality EXACT =
            new LinkQuality(new Delay.Fixed(ofMillis(10)), 1_000_000, 0, ofMillis(200));

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final RandomStreams streams = new RandomStreams(42);
    private final Scheduler scheduler = new Scheduler(
            streams, Strategy.random(), Limits.DEFAULT.virtualTime(Duration.ofHours(3)), Integer.MAX_VALUE, 0);
    private final SimulatedNetwork network =
            new SimulatedNetwork(scheduler, streams, NetworkConditions.LAN.quality(EXACT), MessageDelays.ALL);
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Map<String, Transport> transports = new TreeMap<>();
    private final Recorder server = new Recorder("server");
    private final Recorder client = new Recorder("client");
    private final List<String> heard = new ArrayList<>();

    /** Notes what it hears, with the time in milliseconds. */
    private final class Recorder implements ConnectionHandler {
        private final String name;
        private final List<Connection> connections = new ArrayList<>();

        Recorder(String name) {
            this.name = name;
        }

        ConnectionHandler accepted(Connection connection) {
            connections.add(connection);
            return this;
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            note(name + " " + StandardCharsets.UTF_8.decode(frame));
        }

        @Override
        public void closed(Connection connection, String reason) {
            note(name + " closed: " + reason);
        }
    }

    public SimulatedNetworkTest() {
        for (String host : List.of("h1", "h2", "h3")) {
            boot(host);
        }
    }

    @Test
    public void framesArriveInOrderAfterTheirDelayAndBothWays() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            assertThat(connection.peer()).isEqualTo("h2:7000");
            note("dialled");
            connection.send(utf8("a"));
            connection.send(utf8("b"), utf8("c"));
            scheduler.sleep(ofMillis(30));
            server.connections.getFirst().send(utf8("reply"));
        });

        runQuietly();
        assertThat(heard).containsExactly("20 dialled", "30 server a", "30 server bc", "60 client reply");
        assertThat(server.connections.getFirst().peer()).startsWith("h1:49");
    }

    @Test
    public void bandwidthIsSharedByWhatIsSentFromOneHostToAnother() {
        serve("h2");
        on("h1", () -> {
            dial().send(ByteBuffer.allocate(100_000));
            dial().send(utf8("small"));
        });

        runQuietly();
        assertThat(heard.get(1))
                .as("a tenth of a second of transmission comes first")
                .isEqualTo("130 server small");
    }

    @Test
    public void delaysReorderFramesOfDifferentConnectionsButNeverOfOne() {
        networkOf(LinkQuality.WAN);
        serve("h2");
        on("h1", () -> {
            Connection first = dial();
            Connection second = dial();
            for (int i = 0; i < 50; i++) {
                first.send(utf8("a" + i));
                second.send(utf8("b" + i));
            }
        });

        runQuietly();
        assertThat(received("server a")).isEqualTo(numbered("a", 50));
        assertThat(received("server b")).isEqualTo(numbered("b", 50));
        assertThat(received("server "))
                .isNotEqualTo(received("server ").stream().sorted().toList());
        assertThat(received("server ").indexOf("a49")).isNotEqualTo(98);
    }

    @Test
    public void aFrameThatIsNotToBeDelayedTakesTheUsualTime() {
        networkOf(
                new LinkQuality(new Delay.Uniform(ofMillis(10), ofMillis(500)), 1_000_000_000, 0, ofMillis(200)),
                message -> message.equals(new MessageId("h1->h2:7000#1", 1)));
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            connection.send(utf8("a"));
            scheduler.sleep(ofMillis(1));
            connection.send(utf8("b"));
        });

        runQuietly();
        assertThat(heard.get(0)).isEqualTo("30 server a");
        assertThat(heard.get(1)).endsWith("server b").isNotEqualTo("31 server b");
    }

    @Test
    public void aHandlerThatKeepsItsBufferReadsNonsense() {
        List<ByteBuffer> kept = new ArrayList<>();
        serve("h2", connection -> new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                kept.add(frame);
            }

            @Override
            public void closed(Connection from, String reason) {}
        });
        on("h1", () -> dial().send(utf8("precious")));

        runQuietly();
        assertThat(StandardCharsets.ISO_8859_1.decode(kept.getFirst()).toString())
                .doesNotContain("precious");
    }

    @Test
    public void aSenderKeepsItsBuffersAndMayReuseThemAtOnce() {
        serve("h2");
        on("h1", () -> {
            ByteBuffer head = ByteBuffer.allocate(4)
                    .put((byte) 'a')
                    .put((byte) 'b')
                    .flip()
                    .position(1);
            Connection connection = dial();
            connection.send(head, utf8("c"));
            assertThat(head.position()).isEqualTo(1);
            head.put(1, (byte) 'x');
        });

        runQuietly();
        assertThat(heard).containsExactly("30 server bc");
    }

    @Test
    public void whatWasSentBeforeClosingArrivesThenBothSidesHearOfIt() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            connection.send(utf8("last"));
            connection.close();
            connection.close();
            assertThatThrownBy(() -> connection.send(utf8("too late")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the connection is closed: closed by this side");
        });

        runQuietly();
        assertThat(heard)
                .containsExactly(
                        "20 client closed: closed by this side",
                        "30 server last",
                        "30 server closed: closed by the other side");
        assertThat(network.openConnections()).isZero();
    }

    @Test
    public void aHandlerThatThrowsClosesTheConnection() {
        serve("h2", connection -> new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                throw new IllegalStateException("no");
            }

            @Override
            public void closed(Connection from, String reason) {
                note("server closed: " + reason);
            }
        });
        on("h1", () -> dial().send(utf8("x")));

        runQuietly();
        assertThat(heard)
                .containsExactly(
                        "30 server closed: a frame could not be handled: java.lang.IllegalStateException: no",
                        "40 client closed: closed by the other side");
    }

    @Test
    public void anAcceptorThatRefusesClosesTheConnection() {
        serve("h2", connection -> {
            throw new IllegalStateException("full");
        });
        on("h1", this::dial);

        runQuietly();
        assertThat(heard).containsExactly("20 client closed: closed by the other side");
        assertThat(network.openConnections()).isZero();
    }

    @Test
    public void diallingFailsReadablyWhereNobodyListensOrAnswersOrIsKnown() {
        on("h1", () -> {
            assertThatThrownBy(this::dial)
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot connect to h2:7000: connection refused");
            assertThatThrownBy(() -> transports.get("h1").dial(new Endpoint("h9", 1), LONG_ENOUGH, client))
                    .isInstanceOf(IOException.class)
                    .hasMessage("host 'h9' is unknown");
            crash("h2", true);
            assertThatThrownBy(this::dial)
                    .isInstanceOf(IOException.class)
                    .hasMessage("nothing answers at h2:7000 within 10000 ms");
            note("given up");
        });

        runQuietly();
        assertThat(heard).containsExactly("10020 given up");
    }

    @Test
    public void aPortIsTakenOnceAndFreeAgainWhenClosed() {
        on("h1", () -> {
            Transport transport = transports.get("h1");
            Transport.Listener listener = transport.listen(new Endpoint("127.0.0.1", 0), server::accepted);
            assertThat(listener.endpoint().host()).isEqualTo("h1");
            assertThat(listener.endpoint().port()).isPositive();
            assertThatThrownBy(() -> transport.listen(listener.endpoint(), server::accepted))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen at " + listener.endpoint() + ": address already in use");
            assertThatThrownBy(() -> transport.listen(SERVER, server::accepted))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen at h2:7000: that is not an address of host h1");
            Connection toSelf = transport.dial(listener.endpoint(), LONG_ENOUGH, client);
            listener.close();
            toSelf.send(utf8("to myself"));
            transport.listen(listener.endpoint(), server::accepted).close();
        });

        runQuietly();
        assertThat(heard).containsExactly("0 server to myself");
    }

    @Test
    public void aSenderWaitsWhileTheOtherSideDoesNotRead() {
        boolean[] reading = {false};
        serve("h2", connection -> new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                while (!reading[0]) {
                    LockSupport.park();
                }
            }

            @Override
            public void closed(Connection from, String reason) {}
        });
        int[] sent = {0};
        on("h1", () -> {
            Connection connection = dial();
            for (int i = 0; i < 20; i++) {
                connection.send(ByteBuffer.allocate(50_000));
                sent[0]++;
            }
        });

        runQuietly();
        assertThat(sent[0]).as("frames of 50 kB in a window of 256 KiB").isEqualTo(5);
        assertThat(scheduler.alive()).anyMatch(name -> name.startsWith("h1/"));
    }

    @Test
    public void closingFreesASenderThatWaits() {
        serve("h2", connection -> stuckHandler());
        on("h1", () -> {
            Connection connection = dial();
            scheduler.after(ofSeconds(1), connection::close);
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.send(ByteBuffer.allocate(50_000));
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("the connection is closed: closed by this side");
            note("freed");
        });

        runQuietly();
        assertThat(heard).containsExactlyInAnyOrder("1020 client closed: closed by this side", "1020 freed");
    }

    @Test
    public void aFrameLargerThanTheWindowGoesAloneAndOneTooLongNotAtAll() {
        int[] sizes = {0, 0};
        serve("h2", connection -> new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                sizes[0] += frame.remaining();
                sizes[1]++;
            }

            @Override
            public void closed(Connection from, String reason) {}
        });
        on("h1", () -> {
            Connection connection = dial();
            connection.send(ByteBuffer.allocate(1_000_000));
            connection.send(ByteBuffer.allocate(1_000_000));
            assertThatThrownBy(() -> connection.send(ByteBuffer.allocate(Connection.MAX_FRAME_BYTES), utf8("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("67108865 bytes");
        });

        runQuietly();
        assertThat(sizes).containsExactly(2_000_000, 2);
    }

    @Test
    public void whatIsSentIntoAOneWayCutArrivesAfterItWasMended() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            Registration cut = network.cut("h1", "h2");
            connection.send(utf8("late 1"));
            connection.send(utf8("late 2"));
            scheduler.after(ofSeconds(5), cut::close);
            scheduler.sleep(ofMillis(100));
            server.connections.getFirst().send(utf8("the other way is whole"));
        });

        runQuietly();
        assertThat(heard.get(0)).isEqualTo("130 client the other way is whole");
        assertThat(received("server ")).containsExactly("late 1", "late 2");
        assertThat(heard.get(1)).matches("5[0-2]\\d\\d server late 1");
        assertThat(network.held("h1", "h2"))
                .as("frames and the acknowledgement of the reply")
                .isEqualTo(3);
    }

    @Test
    public void overlappingCutsEndWhenAllAreMended() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            Registration first = network.cut("h1", "h2");
            Registration second = network.cut("h1", "h2");
            connection.send(utf8("late"));
            scheduler.after(ofSeconds(1), () -> {
                first.close();
                first.close();
            });
            scheduler.after(ofSeconds(2), second::close);
        });

        runQuietly();
        assertThat(heard).singleElement().asString().matches("2[0-2]\\d\\d server late");
    }

    @Test
    public void aCutThatLastsBreaksTheSenderAndLeavesTheOtherSideWaiting() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            network.cut("h1", "h2");
            connection.send(utf8("lost"));
        });

        runQuietly();
        assertThat(heard)
                .containsExactly(ofMinutes(15).toMillis() + 20
                        + " client closed: connection lost: the other side does not answer");
        assertThat(network.openConnections()).isEqualTo(1);
    }

    @Test
    public void diallingThroughACutSucceedsIfItIsMendedInTime() {
        serve("h2");
        on("h1", () -> {
            scheduler.after(ofSeconds(3), network.cut("h2", "h1")::close);
            dial();
            note("dialled");
        });

        runQuietly();
        assertThat(heard).singleElement().asString().matches("3[0-2]\\d\\d dialled");
    }

    @Test
    public void whoGaveUpDiallingLeavesNoConnectionBehind() {
        serve("h2");
        on("h1", () -> {
            Registration cut = network.cut("h2", "h1");
            assertThatThrownBy(this::dial).isInstanceOf(IOException.class);
            cut.close();
        });

        runQuietly();
        assertThat(heard)
                .singleElement()
                .asString()
                .matches("10[0-2]\\d\\d server closed: connection lost: reset by the other side");
        assertThat(network.openConnections()).isZero();
    }

    @Test
    public void whoDiesWhileDiallingLeavesNoConnectionBehindEither() {
        serve("h2");
        on("h1", this::dial);
        scheduler.after(ofMillis(5), () -> {
            crash("h1", false);
            boot("h1");
        });

        runQuietly();
        assertThat(server.connections).isEmpty();
        assertThat(network.openConnections()).isZero();
    }

    @Test
    public void aResetReachesBothSidesAndTakesWhatWasOnItsWay() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            connection.send(utf8("lost"));
            assertThat(network.reset("h2", "h1")).isEqualTo(1);
            assertThat(network.reset("h1", "h3")).isZero();
        });

        runQuietly();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "20 client closed: connection lost: reset", "20 server closed: connection lost: reset");
    }

    @Test
    public void onAHalfOpenConnectionSendingSucceedsForAWhileAndNothingArrives() {
        serve("h2");
        int[] sent = {0};
        on("h1", () -> {
            Connection connection = dial();
            assertThat(network.vanish("h1", "h2")).isEqualTo(1);
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.send(ByteBuffer.allocate(50_000));
                            sent[0]++;
                        }
                    })
                    .isInstanceOf(IOException.class);
        });

        runQuietly();
        assertThat(sent[0]).isEqualTo(5);
        assertThat(heard)
                .containsExactly(ofMinutes(15).toMillis() + 20
                        + " client closed: connection lost: the other side does not answer");
    }

    @Test
    public void newConnectionsWorkBesideAHalfOpenOne() {
        serve("h2");
        on("h1", () -> {
            dial();
            network.vanish("h1", "h2");
            dial().send(utf8("fresh"));
        });

        runQuietly();
        assertThat(heard).containsExactly("50 server fresh");
    }

    @Test
    public void aKilledHostWhoseSystemLivesResetsItsConnectionsAndRefusesOthers() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            crash("h2", false);
            scheduler.sleep(ofMillis(10));
            assertThatThrownBy(() -> connection.send(utf8("x"))).isInstanceOf(IOException.class);
            assertThatThrownBy(this::dial).hasMessage("cannot connect to h2:7000: connection refused");
        });

        runQuietly();
        assertThat(heard).containsExactly("30 client closed: connection lost: reset by the other side");
    }

    @Test
    public void aHostThatVanishedTellsNobodyUntilItIsBack() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            crash("h2", true);
            connection.send(utf8("into the void"));
            scheduler.after(ofMinutes(1), () -> boot("h2"));
        });

        runQuietly();
        assertThat(heard).containsExactly("60230 client closed: connection lost: reset by the other side");
    }

    @Test
    public void whoeverTalksToAFormerLifeOfAHostIsReset() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            crash("h2", true);
            boot("h2");
            serve("h2");
            connection.send(utf8("to the dead"));
            scheduler.sleep(ofSeconds(1));
            dial().send(utf8("to the living"));
        });

        runQuietly();
        assertThat(heard)
                .containsExactly(
                        "40 client closed: connection lost: reset by the other side", "1050 server to the living");
    }

    @Test
    public void aPausedHostKeepsItsConnectionsAndReadsWhenItGoesOn() {
        serve("h2");
        int[] sent = {0};
        on("h1", () -> {
            Connection connection = dial();
            scheduler.pause(lanes.get("h2"));
            scheduler.after(ofMinutes(30), () -> scheduler.resume(lanes.get("h2")));
            for (int i = 0; i < 8; i++) {
                connection.send(ByteBuffer.allocate(50_000));
                sent[0]++;
                note("sent");
            }
        });

        runQuietly();
        assertThat(received("sent")).hasSize(8);
        assertThat(heard.get(4)).isEqualTo("20 sent");
        assertThat(heard.stream().filter(line -> line.endsWith("sent")).toList().get(5))
                .isEqualTo("1800030 sent");
    }

    @Test
    public void aSlowLinkIsSlowUntilItIsNormalAgain() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            Registration slower = network.quality("h1", "h2", EXACT.delay(new Delay.Fixed(ofSeconds(5))));
            Registration slow = network.quality("h1", "h2", EXACT.delay(new Delay.Fixed(ofSeconds(1))));
            slower.close();
            connection.send(utf8("slow"));
            scheduler.sleep(ofSeconds(2));
            slow.close();
            connection.send(utf8("fast"));
        });

        runQuietly();
        assertThat(heard).containsExactly("1020 server slow", "2030 server fast");
        assertThat(network.slowed("h1", "h2")).isEqualTo(1);
    }

    @Test
    public void lossIsSeenAsDelay() {
        networkOf(EXACT.loss(0.5));
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            for (int i = 0; i < 20; i++) {
                connection.send(utf8("a" + i));
            }
        });

        runQuietly();
        assertThat(received("server a")).isEqualTo(numbered("a", 20));
        assertThat(heard.getLast()).as("sent at 20, lost a few times").matches("\\d{3,5} server a19");
        assertThat(Long.parseLong(heard.getLast().split(" ")[0])).isGreaterThan(200);
    }

    @Test
    public void anInterruptOfASenderHurtsNobody() {
        serve("h2");
        on("h1", () -> {
            Connection connection = dial();
            Thread.currentThread().interrupt();
            connection.send(utf8("x"));
            assertThat(Thread.interrupted()).isTrue();
        });

        runQuietly();
        assertThat(heard).containsExactly("30 server x");
    }

    @Test
    public void receivingFollowsFromSendingInTheLog() {
        serve("h2");
        on("h1", () -> dial().send(utf8("x")));
        runQuietly();

        var receive = scheduler.log().events().stream()
                .filter(event -> event.what().equals("receive"))
                .findFirst()
                .orElseThrow();
        assertThat(scheduler.log().causesOf(receive.number()))
                .extracting(event -> event.host() + " " + event.what() + " " + event.subject())
                .containsExactly(
                        "h1 dial h2:7000",
                        "- accept h2:7000->h1#1",
                        "h1 send h1->h2:7000#1/0",
                        "h2 receive h1->h2:7000#1/0");
    }

    @Test
    public void unknownHostsAndSelfCutsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.cut("h1", "h7"))
                .withMessage("there is no host 'h7'; there are [h1, h2, h3]");
        assertThatIllegalArgumentException().isThrownBy(() -> network.cut("h1", "h1"));
    }

    private interface Task {
        void run() throws IOException;
    }

    private void networkOf(LinkQuality quality) {
        networkOf(quality, MessageDelays.ALL);
    }

    private void networkOf(LinkQuality quality, MessageDelays delays) {
        SimulatedNetwork other =
                new SimulatedNetwork(scheduler, streams, NetworkConditions.LAN.quality(quality), delays);
        lanes.forEach((host, lane) -> transports.put(host, other.boot(host, lane)));
    }

    private void boot(String host) {
        Lane lane = scheduler.lane(host);
        lanes.put(host, lane);
        transports.put(host, network.boot(host, lane));
    }

    private void crash(String host, boolean vanished) {
        scheduler.kill(lanes.get(host));
        network.crash(host, vanished);
    }

    private void on(String host, Task task) {
        scheduler.start(lanes.get(host), "test", () -> {
            try {
                task.run();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private void serve(String host) {
        serve(host, server::accepted);
    }

    private void serve(String host, Transport.Acceptor acceptor) {
        try {
            transports.get(host).listen(new Endpoint(host, SERVER.port()), acceptor);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ConnectionHandler stuckHandler() {
        return new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                while (true) {
                    LockSupport.park();
                }
            }

            @Override
            public void closed(Connection from, String reason) {}
        };
    }

    private Connection dial() throws IOException {
        return transports.get("h1").dial(SERVER, LONG_ENOUGH, client);
    }

    private void runQuietly() {
        Ending ending = scheduler.run();
        assertThat(ending)
                .as(ending instanceof Ending.Failed failed ? failed.failure().text() : "")
                .isEqualTo(new Ending.Quiet());
    }

    private void note(String what) {
        heard.add(Duration.ofNanos(scheduler.now()).toMillis() + " " + what);
    }

    private List<String> received(String prefix) {
        return heard.stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
