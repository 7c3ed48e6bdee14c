package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;
import org.actium.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * Two recoverable active objects play ping-pong in two JVMs, and one of these fails in the middle; a third one is spare. Who
 * collects the result is not recoverable. The store is a file.
 */
public class PingPongTest {

    private static final int TURNS = 1000;

    /** As an undisturbed run has it. */
    private static final int RESULT = 1771014405;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Rule
    public final Timeout deadline = Timeout.seconds(420);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(400));
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));
    private EmbeddedRuntime here;
    private Store store;
    private WorkerJvm worker;
    private Collector collector;
    private List<Player> players;
    private List<ObjectRecord> victims;

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    @Before
    public void letThemPlay() throws IOException {
        here = open(new EmbeddedRuntime("here", ports, new TcpTransport(threads), new Endpoint("127.0.0.1", 0)));
        store = SqliteStore.open(folder.getRoot().toPath().resolve("store.db"), threads);
        open(new StoreServer(store, time, here.remoteObjects(), PATIENCE));
        open(new RecoverableActiveObjects(
                here.recoverableBodies(),
                new RecoverableObjects.Ports(
                        here.links().self(),
                        here.remoteObjects(),
                        () -> here.links().self(),
                        () -> "run",
                        ports),
                RecoverableActiveObjects.Hosting.none(),
                WorkerJvm.SETTINGS));
        worker = open(WorkerJvm.start(here));
        WorkerJvm other = open(WorkerJvm.start(here));
        open(WorkerJvm.start(here));
        collector = here.objects().newActive(Collector.class).start();
        Player first = player(worker);
        Player second = player(other);
        players = List.of(first, second);
        first.meet(second, collector);
        second.meet(first, collector);
        first.turn(TURNS);
        eventually.holds("a third has been played", () -> collector.turns() >= TURNS / 3);
        String home = String.format(
                "%016x%016x",
                worker.address().id().high(), worker.address().id().low());
        victims = store.objects().stream()
                .filter(object -> object.node().startsWith(home))
                .toList();
        assertThat(victims).as("the JVM that fails has a player").hasSize(1);
    }

    private Player player(WorkerJvm where) {
        return here.objects()
                .newActive(Player.class)
                .on(here.nodeAt(where.address(), "default"))
                .start();
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    public void whatAKilledJvmHadGoesOnElsewhere() {
        worker.kill();
        assertThatTheGameGoesOn();

        assertThatTheResultIsThatOfAnUndisturbedRun();
    }

    @Test
    public void aJvmThatStoodStillAndGoesOnDoesNoHarm() throws IOException {
        worker.signal("STOP");
        assertThatTheGameGoesOn();
        eventually.holds("the one that was there is recovered", this::isRecovered);
        worker.signal("CONT");

        assertThatTheResultIsThatOfAnUndisturbedRun();
    }

    /** Without the player that is away it cannot end: otherwise nothing would have been disturbed. */
    private void assertThatTheGameGoesOn() {
        assertThat(collector.count()).as("the game was over too early").isZero();
    }

    private void assertThatTheResultIsThatOfAnUndisturbedRun() {
        eventually.holds("the result is there", () -> collector.count() > 0);
        assertThat(isRecovered()).isTrue();
        for (int i = 0; i < players.size(); i++) {
            int behindAllElse = TURNS + 1 + i;
            players.get(i).report(collector, behindAllElse);
            eventually.holds("a player has reported", () -> collector.turns() == behindAllElse);
        }

        assertThat(collector.count()).isEqualTo(1);
        assertThat(collector.value()).isEqualTo(RESULT);
    }

    private boolean isRecovered() {
        return victims.stream()
                .allMatch(victim -> store.object(victim.id()).orElseThrow().incarnation() > victim.incarnation());
    }
}
