package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

/** Which runs are over, and who is not lost although nothing was heard of it: the server itself was away. */
public class AbsentServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final RuntimeAddress HOST = new RuntimeAddress(new RuntimeId(1, 2), "h1", List.of());
    private static final Residence HERE = new Residence(HOST, "1", "run");
    private static final ObjectRecord MINE = new ObjectRecord("mine", 1, "mine", HERE.key(), "run");

    private final HandMovedTime time = new HandMovedTime();
    private final FakeStore store = new FakeStore();
    private final List<RecoveryEvent> events = new ArrayList<>();

    private StoreServer server(Optional<String> own) {
        return new StoreServer(store, time, Patience.ofRuntimes(PATIENCE), own, events::add);
    }

    private StoreServer withMine() {
        store.commit(Batch.of(new Change.RemoveObject("o1"), new Change.PutObject(MINE)));
        return server(Optional.empty());
    }

    private void live(StoreServer server, Duration length) {
        for (Duration done = Duration.ZERO; done.compareTo(length) < 0; done = done.plus(PERIOD)) {
            server.beat(HERE, true, Map.of());
            time.advance(PERIOD);
        }
    }

    @Test
    public void aRunThatIsSilentIsWaitedForADayAndThenForgotten() {
        server(Optional.empty());

        time.advance(DAY.minus(PATIENCE));
        assertThat(store.object("o1")).as("it may have been cut off").isPresent();
        time.advance(PATIENCE.multipliedBy(2));

        assertThat(store.object("o1")).isEmpty();
        assertThat(events).endsWith(new RecoveryEvent.RunForgotten("run", 1));
    }

    @Test
    public void whoAsksWhatHappensToItsRunIsThere() {
        StoreServer server = server(Optional.empty());
        for (int hours = 0; hours < 72; hours += 12) {
            time.advance(Duration.ofHours(12));
            if (hours % 24 == 0) {
                server.news(0, Optional.of("run"));
            } else {
                server.status(Optional.of("run"));
            }
        }

        assertThat(store.object("o1")).isPresent();
    }

    @Test
    public void theRunOfTheServerIsNotOverWhileThatIsThere() {
        server(Optional.of("run"));

        time.advance(DAY.multipliedBy(3));

        assertThat(store.object("o1")).isPresent();
    }

    @Test
    public void nobodyIsLostBecauseTheServerWasStopped() {
        StoreServer server = withMine();
        live(server, PATIENCE.multipliedBy(2));

        time.stop(DAY.multipliedBy(2));
        live(server, PATIENCE.multipliedBy(2));

        assertThat(store.object("mine")).contains(MINE);
        assertThat(events).isEmpty();

        time.advance(PATIENCE.multipliedBy(2));
        assertThat(events).as("later it is").hasAtLeastOneElementOfType(RecoveryEvent.RuntimeLost.class);
    }

    @Test
    public void nobodyIsLostBecauseTheStoreHung() {
        StoreServer server = withMine();
        live(server, PATIENCE.multipliedBy(2));

        store.whileReadingObjects = () -> {
            store.whileReadingObjects = () -> {};
            time.stop(DAY.multipliedBy(2));
        };
        time.advance(PERIOD);
        live(server, PATIENCE.multipliedBy(2));

        assertThat(store.object("mine")).contains(MINE);
        assertThat(events).isEmpty();
    }

    @Test
    public void noCallerIsGoneBecauseTheServerWasStopped() {
        StoreServer server = withMine();
        live(server, PATIENCE);
        Residence other = new Residence(new RuntimeAddress(new RuntimeId(3, 4), "h2", List.of()), "2", "run");
        Party caller = new Party.Outside(other.runtime(), "2", "");
        server.attend(other, Set.of());

        time.stop(DAY);

        assertThat(server.attend(HERE, Set.of(caller)).gone()).isEmpty();
        time.advance(PATIENCE.multipliedBy(31));
        assertThat(server.attend(HERE, Set.of(caller)).gone()).containsExactly(caller);
    }

    @Test
    public void anObjectThatSomebodyRemovedFromTheStoreIsGoneAndThatIsToldOnce() {
        StoreServer server = withMine();
        Map<String, Long> objects = Map.of("mine", 1L);
        server.beat(HERE, true, objects);
        store.commit(Batch.of(new Change.RemoveObject("mine")));

        server.beat(HERE, true, objects);
        server.beat(HERE, true, objects);

        assertThat(events).containsExactly(new RecoveryEvent.ObjectRemoved("mine", "h1"));
        assertThat(server.news(0, Optional.of("run")).events()).isEqualTo(events);
        Party mine = new Party.Recoverable("mine");
        assertThat(server.attend(HERE, Set.of(mine)).gone())
                .as("callers hear it")
                .containsExactly(mine);
    }

    @Test
    public void ofAnObjectThatHasEndedNothingIsTold() {
        StoreServer server = withMine();
        server.commit(Batch.of(new Change.RemoveObject("mine")));

        server.beat(HERE, true, Map.of("mine", 1L));

        assertThat(events).isEmpty();
    }

    @Test
    public void aLargeRunIsForgottenInPartsAfterWhatIsLostWasRecovered() {
        Patience patience = new Patience(PATIENCE, PATIENCE.multipliedBy(3));
        for (int i : IntStream.range(0, 450).toArray()) {
            String id = String.format("a%03d", i);
            store.commit(Batch.of(new Change.PutObject(new ObjectRecord(id, 1, id, "gone", "a run that is over"))));
        }
        store.commit(Batch.of(new Change.PutObject(MINE)));
        StoreServer server = new StoreServer(store, time, patience, Optional.of("run"), events::add);
        live(server, PATIENCE.multipliedBy(3).minus(PERIOD));
        store.commit(Batch.of(new Change.PutObject(new ObjectRecord("new", 1, "new", "gone", "run"))));
        store.batches.clear();
        store.refused = Optional.of("a000");
        live(server, PERIOD.multipliedBy(2));

        assertThat(store.object("new").orElseThrow().node()).isEqualTo(HERE.key());
        assertThat(store.objects()).as("refused").hasSize(453);
        store.refused = Optional.empty();
        live(server, PERIOD.multipliedBy(2));
        assertThat(events).as("not yet").doesNotHaveAnyElementsOfTypes(RecoveryEvent.RunForgotten.class);
        live(server, PERIOD.multipliedBy(2));

        assertThat(store.objects()).extracting(ObjectRecord::id).containsExactly("mine", "new", "o1");
        assertThat(events).contains(new RecoveryEvent.RunForgotten("a run that is over", 450));
        assertThat(store.batches)
                .as("one for the recovery of each that is lost, and three")
                .hasSizeLessThanOrEqualTo(2 + 3)
                .allSatisfy(batch -> assertThat(batch.changes())
                        .filteredOn(Change.DropUnusedChunks.class::isInstance)
                        .hasSizeLessThanOrEqualTo(1));
    }
}
