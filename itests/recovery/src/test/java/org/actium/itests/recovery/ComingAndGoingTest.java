package org.actium.itests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Store;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.runtime.api.Node;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Callers, nodes and fault tolerance itself go, and some come back, while recoverable objects live on. */
public class ComingAndGoingTest {

    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(1));

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Rule
    public final RecoveryGrid grid = new RecoveryGrid();

    private EmbeddedRuntime here;
    private EmbeddedRuntime worker;
    private Store store;
    private StoreServer server;
    private RecoverableActiveObjects callers;

    @Before
    public void letThereBeAWorker() {
        here = grid.runtime("here");
        worker = grid.runtime("worker");
        store = grid.store("store.db");
        server = grid.open(new StoreServer(store, grid.time(), here.remoteObjects(), Duration.ofSeconds(20)));
        callers = recovering(here, RecoverableActiveObjects.Hosting.none());
        RecoverableActiveObjects objects = recovering(worker, RecoveryGrid.everything(worker, here));
        worker.runtime().listen(objects);
        worker.runtime().createNode("passing", Optional.empty());
    }

    private RecoverableActiveObjects recovering(EmbeddedRuntime runtime, RecoverableActiveObjects.Hosting hosting) {
        return grid.recovering(runtime, here, "run", hosting, SETTINGS);
    }

    private <T> T onWorker(Class<T> type, String node) {
        return here.objects().newActive(type).on(here.nodeOf(worker, node)).start();
    }

    @Test
    public void whoCallsAfterFaultToleranceHasComeBackIsServed() {
        Player player = onWorker(Player.class, "default");
        assertThat(player.play(1).value()).isEqualTo(2);

        callers.close();
        recovering(here, RecoverableActiveObjects.Hosting.none());

        assertThat(player.play(1).value()).isEqualTo(3);
    }

    @Test
    public void aCallerThatEndsStopsNobody() throws InterruptedException {
        Gate.asked = new CountDownLatch(1);
        Gate.open = new CountDownLatch(1);
        EmbeddedRuntime elsewhere = grid.runtime("elsewhere");
        RecoverableActiveObjects visiting = recovering(elsewhere, RecoverableActiveObjects.Hosting.none());
        Visitor visitor = here.objects()
                .newActive(Visitor.class)
                .on(here.nodeOf(elsewhere, "default"))
                .start();
        Traveller traveller = onWorker(Traveller.class, "default");
        Gate gate = here.objects().newActive(Gate.class).start();
        visitor.ask(traveller, gate);
        Gate.asked.await();

        visiting.close();
        Gate.open.countDown();

        assertThat(traveller.gates().value()).isEqualTo(1);
    }

    @Test
    public void theServerSaysHowObjectsStand() {
        Player player = onWorker(Player.class, "default");
        assertThat(player.play(1).value()).isEqualTo(2);

        RecoveryStatus status = server.status(Optional.empty());

        assertThat(status.runtimes()).singleElement().satisfies(runtime -> {
            assertThat(runtime.runtime()).isEqualTo("worker");
            assertThat(runtime.alive()).isTrue();
            assertThat(runtime.takes()).isTrue();
            assertThat(runtime.objects()).isEqualTo(1);
        });
        assertThat(status.objects()).singleElement().satisfies(object -> {
            assertThat(object.incarnation()).isEqualTo(1);
            assertThat(object.runtime()).isEqualTo("worker");
            assertThat(object.state()).isEqualTo(RecoveryStatus.State.THERE);
            assertThat(object.checkpoints()).isNotEmpty();
        });
    }

    @Test
    public void aRuntimeWhoseLastNodeIsLeftKeepsWhatItHasAndTakesNoMore() {
        EmbeddedRuntime other = grid.runtime("other");
        RecoverableActiveObjects objects = recovering(
                other,
                new RecoverableActiveObjects.Hosting(
                        node -> false, Optional.empty(), () -> here.links().self()));
        Node last = other.runtime().defaultNode();
        Node passing = other.runtime().createNode("passing", Optional.empty());
        objects.protect(last, Duration.ofSeconds(1));
        objects.protect(passing, Duration.ofSeconds(1));

        objects.leave(passing);
        Player kept = player(other);
        assertThat(kept.play(1).value()).isEqualTo(2);
        assertThat(store.objects()).hasSize(1);
        grid.eventually("others' objects may come", () -> takes("other"));

        objects.leave(last);
        Player unprotected = player(other);
        assertThat(unprotected.play(1).value()).isEqualTo(2);
        assertThat(store.objects()).hasSize(1);
        grid.eventually("they may no more", () -> !takes("other"));
        assertThat(kept.play(1).value()).isEqualTo(3);

        objects.protect(last, Duration.ofSeconds(1));
        grid.eventually("they may again", () -> takes("other"));
    }

    private Player player(EmbeddedRuntime runtime) {
        return here.objects()
                .newActive(Player.class)
                .on(here.nodeOf(runtime, "default"))
                .start();
    }

    private boolean takes(String name) {
        return server.status(Optional.empty()).runtimes().stream()
                .anyMatch(runtime -> runtime.runtime().equals(name) && runtime.takes());
    }

    @Test
    public void whatIsOnANodeEndsWithIt() {
        Player player = onWorker(Player.class, "passing");
        Player other = onWorker(Player.class, "default");
        assertThat(player.play(1).value()).isEqualTo(2);
        assertThat(store.objects()).hasSize(2);

        worker.runtime().removeNode("passing");

        assertThat(store.objects()).hasSize(1);
        assertThatThrownBy(() -> player.play(1).value())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("gone for good");
        assertThat(other.play(1).value()).isEqualTo(2);
    }
}
