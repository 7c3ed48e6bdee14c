package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.Patience;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Runs of applications use a server one after the other, and at the same time. */
public class RunsTest {

    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));

    /** Forty beats: who lives is not taken for lost because this host has much to do. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(6));

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Rule
    public final RecoveryGrid grid = new RecoveryGrid();

    private EmbeddedRuntime standing;
    private Store store;
    private StoreServer server;

    @Before
    public void letThereBeAServer() {
        standing = grid.runtime("FTServer");
        store = grid.store("store.db");
        server = grid.open(new StoreServer(store, grid.time(), standing.remoteObjects(), PATIENCE, event -> {}));
    }

    private RecoverableActiveObjects recovering(EmbeddedRuntime runtime, String run) {
        return grid.recovering(runtime, standing, run, RecoveryGrid.everything(runtime, standing), SETTINGS);
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

        grid.eventually(
                "it was looked for a runtime",
                () -> server.news(0, Optional.of("killed")).events().stream()
                        .anyMatch(RecoveryEvent.NoRuntimeLeft.class::isInstance));

        assertThat(store.object(left.id())).as("nobody has it").contains(left);
        assertThat(server.news(0, Optional.of("next")).events())
                .noneMatch(event -> event.toString().contains(left.id()));
        assertThat(statusOf("next").runtimes())
                .extracting(RecoveryStatus.RuntimeStatus::runtime)
                .containsExactly("second");
        assertThat(statusOf("next").objects())
                .extracting(RecoveryStatus.ObjectStatus::object)
                .hasSize(1)
                .doesNotContain(left.id());
        grid.eventually("it is forgotten", () -> store.object(left.id()).isEmpty());
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

        grid.eventually(
                "it is restored where its run is",
                () -> statusOf("one").objects().stream()
                        .allMatch(object ->
                                object.runtime().equals("spare") && object.state() == RecoveryStatus.State.THERE));

        assertThat(server.news(0, Optional.of("other")).events()).isEmpty();
    }
}
