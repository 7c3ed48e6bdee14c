package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.object.api.CreationException;
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

/** What recoverable objects live on is broken: whoever looks after it is told, and nothing is lost. */
public class TroubleTest {

    /** Whatever an object has served is saved at once. */
    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofNanos(1));

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(90));
    private final List<RecoveryEvent> events = new CopyOnWriteArrayList<>();
    private volatile Optional<String> diskFailure = Optional.empty();
    private EmbeddedRuntime here;
    private EmbeddedRuntime worker;
    private RecoverableActiveObjects atWorker;
    private Store store;
    private StoreServer server;

    @Before
    public void letThereBeAWorker() {
        here = grid.runtime("here");
        worker = grid.runtime("worker");
        startServer();
        recovering(here, RecoverableActiveObjects.Hosting.none());
        atWorker = hosting(worker);
    }

    private void startServer() {
        store = SqliteStore.open(file(), threads);
        server = new StoreServer(failing(store), time, here.remoteObjects(), PATIENCE, events::add);
        opened.add(server);
    }

    private Path file() {
        return folder.getRoot().toPath().resolve("store.db");
    }

    /** Takes nothing while {@link #diskFailure} says why. */
    private Store failing(Store working) {
        return Store.class.cast(Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (method.getName().equals("commit") && diskFailure.isPresent()) {
                        return CompletableFuture.failedFuture(new StoreException(diskFailure.get()));
                    }
                    try {
                        return method.invoke(working, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    private RecoverableActiveObjects hosting(EmbeddedRuntime runtime) {
        return recovering(
                runtime,
                new RecoverableActiveObjects.Hosting(
                        node -> true,
                        Optional.of(runtime.runtime().defaultNode()),
                        () -> here.links().self()));
    }

    private RecoverableActiveObjects recovering(EmbeddedRuntime runtime, RecoverableActiveObjects.Hosting hosting) {
        RecoverableActiveObjects objects = new RecoverableActiveObjects(
                runtime.recoverableBodies(),
                new RecoverableObjects.Ports(
                        runtime.links().self(),
                        runtime.remoteObjects(),
                        () -> here.links().self(),
                        () -> "run",
                        ports),
                hosting,
                SETTINGS);
        opened.add(objects);
        return objects;
    }

    private Player player() {
        return here.objects()
                .newActive(Player.class)
                .on(here.nodeOf(worker, "default"))
                .start();
    }

    @After
    public void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    public void aDamagedCheckpointIsReportedAndTheOneBeforeIsUsed() throws SQLException {
        Player player = player();
        assertThat(player.play(1).value()).isEqualTo(2);
        assertThat(player.play(1).value()).isEqualTo(3);
        String id = store.objects().getFirst().id();
        eventually.holds("it was saved since", () -> store.checkpoints(id).contains(3L));
        atWorker.close();
        server.close();
        long damaged = damageTheLatestCheckpoint();

        startServer();
        hosting(grid.runtime("spare"));

        assertThat(player.play(1).value()).isEqualTo(4);
        eventually.holds(
                "somebody is told that it is restored",
                () -> events.stream().anyMatch(RecoveryEvent.ObjectRestored.class::isInstance));
        assertThat(events).containsOnlyOnce(new RecoveryEvent.CheckpointDamaged(id, damaged));
        assertThat(player.play(1).value()).isEqualTo(5);
        eventually.holds(
                "it is saved anew, and all that is kept is sound",
                () -> store.checkpoints(id).stream()
                        .allMatch(number -> number > damaged || number == damaged && isSound(id, number)));
    }

    /** @return its number */
    private long damageTheLatestCheckpoint() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate("UPDATE chunks SET content = x'00' WHERE hash ="
                    + " (SELECT hash FROM checkpoint_chunks ORDER BY number DESC LIMIT 1)");
            assertThat(changed).isEqualTo(1);
            return statement
                    .executeQuery("SELECT MAX(number) FROM checkpoint_chunks")
                    .getLong(1);
        }
    }

    private boolean isSound(String object, long number) {
        String hash = store.checkpoint(object, number).orElseThrow().chunks().getFirst();
        return store.chunk(hash).orElseThrow().sha256().equals(hash);
    }

    @Test
    public void whereNobodyTakesWhatIsLostItWaitsAndSaysSo() {
        Player player = player();
        assertThat(player.play(1).value()).isEqualTo(2);

        atWorker.close();
        eventually.holds(
                "somebody is told that no runtime is left", () -> events.contains(new RecoveryEvent.NoRuntimeLeft(1)));
        assertThat(server.status(Optional.empty()).objects())
                .singleElement()
                .extracting(RecoveryStatus.ObjectStatus::state)
                .isEqualTo(RecoveryStatus.State.LOST);
        Score later = player.play(1); // not refused, and not lost

        hosting(grid.runtime("spare"));
        assertThat(later.value()).isEqualTo(3);
    }

    @Test
    public void whileTheStoreIsFullNothingIsLetOutAndItIsSaidWhy() {
        Player player = player();
        assertThat(player.play(1).value()).isEqualTo(2);

        diskFailure = Optional.of("no space is left on the disk of the store");
        Score waiting = player.play(1);
        eventually.holds(
                "somebody is told", () -> events.contains(new RecoveryEvent.StoreFails(diskFailure.orElseThrow())));
        assertThat(server.status(Optional.empty()).trouble()).contains("no space is left on the disk of the store");
        assertThatThrownBy(this::player)
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no space is left on the disk of the store");
        assertThat(here.futures().isAwaited(waiting)).isTrue();

        diskFailure = Optional.empty();
        assertThat(waiting.value()).isEqualTo(3);
        eventually.holds(
                "somebody is told that it works",
                () -> events.stream().anyMatch(RecoveryEvent.StoreWorks.class::isInstance));
        assertThat(server.status(Optional.empty()).trouble()).isEmpty();
    }
}
