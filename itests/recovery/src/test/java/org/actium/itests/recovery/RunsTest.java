package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedGrid;
import org.actium.testkit.EmbeddedRuntime;
import org.actium.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Runs of applications use a server one after the other, and at the same time. */
public class RunsTest {

    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));

    private static final Duration PATIENCE = Duration.ofMillis(400);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(60));
    private EmbeddedRuntime standing;
    private Store store;
    private StoreServer server;

    @Before
    public void letThereBeAServer() {
        standing = grid.runtime("FTServer");
        store = SqliteStore.open(folder.getRoot().toPath().resolve("store.db"), threads);
        server = new StoreServer(store, time, standing.remoteObjects(), PATIENCE);
        opened.add(server);
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private RecoverableActiveObjects recovering(EmbeddedRuntime runtime, String run) {
        RecoverableActiveObjects objects = new RecoverableActiveObjects(
                runtime.recoverableBodies(),
                new RecoverableObjects.Ports(
                        runtime.links().self(),
                        runtime.remoteObjects(),
                        () -> standing.links().self(),
                        () -> run,
                        ports),
                new RecoverableActiveObjects.Hosting(
                        node -> true,
                        Optional.of(runtime.runtime().defaultNode()),
                        () -> standing.links().self()),
                SETTINGS);
        opened.add(objects);
        return objects;
    }

    private static Player playing(EmbeddedRuntime on) {
        Player player = on.objects()
                .newActive(Player.class)
                .on(on.runtime().defaultNode())
                .start();
        assertThat(player.play(1).value()).isEqualTo(2);
        return player;
    }

    private RecoveryStatus statusOf(String run) {
        return server.status(Optional.of(run));
    }

    @Test
    public void whatAKilledRunHadIsNotRestoredForAnotherOneAndForgottenInTheEnd() {
        EmbeddedRuntime first = grid.runtime("first");
        RecoverableActiveObjects killed = recovering(first, "killed");
        playing(first);
        ObjectRecord left = store.objects().getFirst();
        killed.close(); // as when it is killed: it tells nobody about its objects
        EmbeddedRuntime second = grid.runtime("second");
        recovering(second, "next");
        Player player = playing(second);

        eventually.holds(
                "it was looked for a runtime",
                () -> server.news(0, Optional.of("killed")).events().stream()
                        .anyMatch(RecoveryEvent.NoRuntimeLeft.class::isInstance));

        assertThat(store.object(left.id())).as("nobody has it").contains(left);
        assertThat(server.news(0, Optional.of("next")).events())
                .allMatch(event -> event.toString().contains("second"));
        assertThat(statusOf("next").runtimes())
                .extracting(RecoveryStatus.RuntimeStatus::runtime)
                .containsExactly("second");
        assertThat(statusOf("next").objects())
                .extracting(RecoveryStatus.ObjectStatus::object)
                .hasSize(1)
                .doesNotContain(left.id());
        eventually.holds("it is forgotten", () -> store.object(left.id()).isEmpty());
        assertThat(store.checkpoints(left.id())).isEmpty();
        assertThat(store.log(Log.INPUT, left.id(), 0)).isEmpty();
        assertThat(player.play(1).value()).as("the other run goes on").isEqualTo(3);
        assertThat(statusOf("next").objects()).hasSize(1);
    }

    @Test
    public void whatIsLostGoesToARuntimeOfItsOwnRun() {
        EmbeddedRuntime first = grid.runtime("first");
        RecoverableActiveObjects lost = recovering(first, "one");
        playing(first);
        recovering(grid.runtime("a stranger"), "other");
        lost.close();
        recovering(grid.runtime("spare"), "one");

        eventually.holds(
                "it is restored where its run is",
                () -> statusOf("one").objects().stream()
                        .allMatch(object ->
                                object.runtime().equals("spare") && object.state() == RecoveryStatus.State.THERE));

        assertThat(server.news(0, Optional.of("other")).events()).isEmpty();
    }
}
