package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
import org.actium.object.api.CreationException;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What recoverable objects live on is broken: whoever looks after it is told, and nothing is lost. */
public class TroubleTest {

    /** Whatever an object has served is saved at once. */
    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofNanos(1));

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String STORE = "store.db";

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Rule
    public final RecoveryGrid grid = new RecoveryGrid();

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
        grid.recovering(here, here, "run", RecoverableActiveObjects.Hosting.none(), SETTINGS);
        atWorker = hosting(worker);
    }

    private void startServer() {
        store = grid.store(STORE);
        server = grid.open(new StoreServer(failing(store), grid.time(), here.remoteObjects(), PATIENCE, events::add));
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
        return grid.recovering(runtime, here, "run", RecoveryGrid.everything(runtime, here), SETTINGS);
    }

    private Player player() {
        return here.objects()
                .newActive(Player.class)
                .on(here.nodeOf(worker, "default"))
                .start();
    }

    @Test
    public void aDamagedCheckpointIsReportedAndTheOneBeforeIsUsed() throws SQLException {
        Player player = player();
        assertThat(player.play(1).value()).isEqualTo(2);
        assertThat(player.play(1).value()).isEqualTo(3);
        String id = store.objects().getFirst().id();
        grid.eventually("it was saved since", () -> store.checkpoints(id).contains(3L));
        atWorker.close();
        server.close();
        long damaged = damageTheLatestCheckpoint();

        startServer();
        hosting(grid.runtime("spare"));

        assertThat(player.play(1).value()).isEqualTo(4);
        grid.eventually(
                "somebody is told that it is restored",
                () -> events.stream().anyMatch(RecoveryEvent.ObjectRestored.class::isInstance));
        assertThat(events).containsOnlyOnce(new RecoveryEvent.CheckpointDamaged(id, damaged));
        assertThat(player.play(1).value()).isEqualTo(5);
        grid.eventually(
                "it is saved anew, and all that is kept is sound",
                () -> store.checkpoints(id).stream()
                        .allMatch(number -> number > damaged || number == damaged && isSound(id, number)));
    }

    /** @return its number */
    private long damageTheLatestCheckpoint() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + grid.file(STORE));
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
        grid.eventually(
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
        grid.eventually(
                "somebody is told", () -> events.contains(new RecoveryEvent.StoreFails(diskFailure.orElseThrow())));
        assertThat(server.status(Optional.empty()).trouble()).contains("no space is left on the disk of the store");
        assertThatThrownBy(this::player)
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no space is left on the disk of the store");
        assertThat(here.futures().isAwaited(waiting)).isTrue();

        diskFailure = Optional.empty();
        assertThat(waiting.value()).isEqualTo(3);
        grid.eventually(
                "somebody is told that it works",
                () -> events.stream().anyMatch(RecoveryEvent.StoreWorks.class::isInstance));
        assertThat(server.status(Optional.empty()).trouble()).isEmpty();
    }
}
