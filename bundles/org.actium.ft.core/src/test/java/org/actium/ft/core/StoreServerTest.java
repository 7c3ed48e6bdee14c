package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.StoreException;
import org.junit.Test;

/** What the server makes of a store that fails. */
public class StoreServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Blob FIRST = Blob.of((byte) 1);
    private static final Blob SECOND = Blob.of((byte) 2);

    private final HandMovedTime time = new HandMovedTime();
    private final FakeStore store = new FakeStore();
    private final List<RecoveryEvent> events = new ArrayList<>();
    private final StoreServer server = server(Optional.empty());

    private StoreServer server(Optional<String> own) {
        return new StoreServer(store, time, Patience.ofRuntimes(PATIENCE), own, events::add);
    }

    private void commit() {
        server.commit(Batch.of(new Change.PutObject(FakeStore.OBJECT)));
    }

    private void commitInVain() {
        assertThatThrownBy(this::commit).isInstanceOf(StoreException.class);
    }

    private List<RecoveryEvent> ofTheStore() {
        return events.stream()
                .filter(event -> event instanceof RecoveryEvent.StoreFails || event instanceof RecoveryEvent.StoreWorks)
                .toList();
    }

    @Test
    public void aStoreThatFailsNowAndThenIsOneTroubleUntilAPeriodHasGoneWell() {
        time.advance(PATIENCE.plusMillis(500));
        store.takesNothing = Optional.of("the disk is full");
        commitInVain();
        time.advance(PERIOD);
        store.takesNothing = Optional.empty();
        commit();
        store.takesNothing = Optional.of("the disk is full again");
        commitInVain();
        store.takesNothing = Optional.empty();
        commit();
        time.advance(PERIOD.minusMillis(1));
        commit();

        assertThat(ofTheStore()).containsExactly(new RecoveryEvent.StoreFails("the disk is full"));
        assertThat(server.status(Optional.empty()).trouble()).contains("the disk is full again");

        time.advance(PERIOD); // nothing is committed

        assertThat(ofTheStore())
                .containsExactly(
                        new RecoveryEvent.StoreFails("the disk is full"),
                        new RecoveryEvent.StoreWorks(Duration.ofSeconds(1)));
        assertThat(server.status(Optional.empty()).trouble()).isEmpty();
        assertThat(server.news(0, Optional.empty()).events()).isEqualTo(events);
    }

    @Test
    public void aStoreThatCanOnlyBeReadDoesNotWork() {
        time.advance(PATIENCE);
        store.takesNothing = Optional.of("the disk is full");
        commitInVain();

        time.advance(PERIOD.multipliedBy(5));

        assertThat(ofTheStore()).containsExactly(new RecoveryEvent.StoreFails("the disk is full"));
    }

    @Test
    public void theCheckpointBeforeOneThatCannotBeReadIsUsed() {
        store.checkpoint(1, FIRST).checkpoint(2, SECOND);
        store.unreadable = Optional.of(SECOND);

        assertThat(server.saved("o1").orElseThrow().checkpoint()).isEqualTo(FIRST);
        assertThat(server.saved("o1").orElseThrow().checkpoint()).as("again").isEqualTo(FIRST);
        assertThat(server.progress("o1").orElseThrow().checkpoint())
                .as("the second is written again")
                .isEqualTo(1);
        assertThat(events).containsExactly(new RecoveryEvent.CheckpointDamaged("o1", 2));
    }

    @Test
    public void aStoreThatReadsNothingHasNoDamagedCheckpoints() {
        store.checkpoint(1, FIRST).checkpoint(2, SECOND);
        store.beforeChunks = () -> store.readsNothing = Optional.of(new StoreException("the store is closed"));

        assertThatThrownBy(() -> server.saved("o1"))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store is closed");
        assertThat(events).isEmpty();
    }

    @Test
    public void whatIsLostIsLookedForAgainWhateverFailedBefore() {
        store.readsNothing = Optional.of(new IllegalStateException("nobody has thought of that"));
        time.advance(PATIENCE.multipliedBy(2));
        assertThat(events).isEmpty();

        store.readsNothing = Optional.empty();
        time.advance(PERIOD);

        assertThat(events).contains(new RecoveryEvent.NoRuntimeLeft(1));
    }
}
