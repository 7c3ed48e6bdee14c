package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Change.Append;
import org.actium.ft.store.api.Change.DropCheckpoints;
import org.actium.ft.store.api.Change.DropUnusedChunks;
import org.actium.ft.store.api.Change.PutCheckpoint;
import org.actium.ft.store.api.Change.PutChunk;
import org.actium.ft.store.api.Change.PutDomain;
import org.actium.ft.store.api.Change.PutLease;
import org.actium.ft.store.api.Change.PutObject;
import org.actium.ft.store.api.Change.RemoveDomain;
import org.actium.ft.store.api.Change.RemoveObject;
import org.actium.ft.store.api.Change.TrimLog;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.DomainRecord;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Lease;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * What every {@link Store} does: what atomic, durable and fenced mean, while the storage works. What it does while the
 * storage fails, and when power fails in the middle of a commit, each implementation has tests of its own for.
 */
public abstract class StoreContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.000000001Z");

    /** Hard to keep for who puts together text. */
    private static final String ODD = "o'brien \"%_\\ \u00e9\u4e2d\ud83d\ude00";

    private Store store;

    /** Opens the store of this test, which is empty the first time. */
    protected abstract Store open() throws Exception;

    /**
     * Opens what would be found of the store of this test if power failed now. The one that is open was not closed, has
     * nothing to do, and is not used any more.
     */
    protected abstract Store openAfterCrash() throws Exception;

    @Before
    public final void openFirst() throws Exception {
        store = open();
    }

    @After
    public final void closeLast() {
        store.close();
    }

    @Test
    public void whatWasNeverKeptIsNotThere() {
        assertThat(store.object("adder")).isEmpty();
        assertThat(store.objects()).isEmpty();
        assertThat(store.objects("ring")).isEmpty();
        assertThat(store.domain("ring")).isEmpty();
        assertThat(store.lease("n1")).isEmpty();
        assertThat(store.leases()).isEmpty();
        assertThat(store.checkpoint("adder", 1)).isEmpty();
        assertThat(store.checkpoints("adder")).isEmpty();
        assertThat(store.chunk(blob("x").sha256())).isEmpty();
        assertThat(store.log(Log.INPUT, "ring", Long.MIN_VALUE)).isEmpty();
    }

    @Test
    public void whatIsCommittedCanBeReadAtOnceAndAfterTheStoreWasClosed() throws Exception {
        commit(everything());
        requireEverything();

        store.close();
        store = open();
        requireEverything();
    }

    @Test
    public void whatIsCommittedIsThereAfterACrash() throws Exception {
        commit(everything());

        store = openAfterCrash();
        requireEverything();
        commit(Batch.of(new PutObject(object("adder", 8))).fencedBy(Fence.object("adder", 7)));

        store = openAfterCrash();
        assertThat(store.object("adder")).contains(object("adder", 8));
    }

    private static Batch everything() {
        Blob part = blob("part");
        return Batch.of(
                new PutObject(object("adder", 7)),
                new PutObject(new ObjectRecord(ODD, Long.MAX_VALUE, ODD, "", ODD)),
                new PutDomain(new DomainRecord("ring", 5, 17)),
                new PutLease(new Lease("n1", 3, "adder", NOON)),
                new PutChunk(part),
                new PutChunk(Blob.of()),
                new PutCheckpoint(new Checkpoint(
                        "adder", 17, List.of(part.sha256(), Blob.of().sha256(), part.sha256()))),
                new PutCheckpoint(new Checkpoint("adder", 18, List.of())),
                entry(Log.INPUT, "ring", 1),
                entry(Log.INPUT, "ring", 4),
                entry(Log.DETERMINANTS, "ring", Long.MAX_VALUE));
    }

    private void requireEverything() {
        Blob part = blob("part");
        assertThat(store.object("adder")).contains(object("adder", 7));
        assertThat(store.object(ODD)).contains(new ObjectRecord(ODD, Long.MAX_VALUE, ODD, "", ODD));
        assertThat(store.objects())
                .containsExactlyInAnyOrder(object("adder", 7), new ObjectRecord(ODD, Long.MAX_VALUE, ODD, "", ODD));
        assertThat(store.objects("ring")).containsExactly(object("adder", 7));
        assertThat(store.domain("ring")).contains(new DomainRecord("ring", 5, 17));
        assertThat(store.lease("n1")).contains(new Lease("n1", 3, "adder", NOON));
        assertThat(store.chunk(part.sha256())).contains(part);
        assertThat(store.chunk(Blob.of().sha256())).contains(Blob.of());
        assertThat(store.checkpoints("adder")).containsExactly(17L, 18L);
        assertThat(store.checkpoint("adder", 17))
                .contains(new Checkpoint(
                        "adder", 17, List.of(part.sha256(), Blob.of().sha256(), part.sha256())));
        assertThat(store.checkpoint("adder", 18)).contains(new Checkpoint("adder", 18, List.of()));
        assertThat(numbers(Log.INPUT, "ring", 0)).containsExactly(1L, 4L);
        assertThat(store.log(Log.DETERMINANTS, "ring", Long.MAX_VALUE))
                .extracting(LogEntry::content)
                .containsExactly(blob("ring " + Long.MAX_VALUE));
    }

    @Test
    public void ofABatchThatIsRefusedNothingIsDone() throws Exception {
        commit(Batch.of(new PutObject(object("adder", 2)), entry(Log.INPUT, "ring", 1)));
        Checkpoint incomplete =
                new Checkpoint("adder", 1, List.of(blob("missing").sha256()));
        List<Batch> refused = List.of(
                some().fencedBy(Fence.object("adder", 2), Fence.domain("ring", 1)),
                some().and(new PutObject(object("adder", 1))),
                some().and(new PutCheckpoint(incomplete)),
                some().and(entry(Log.INPUT, "ring", 3), entry(Log.INPUT, "ring", 3)));

        for (Batch batch : refused) {
            assertThatThrownBy(() -> commit(batch)).as("%s", batch).isInstanceOf(RefusedException.class);
            requireNothingOfSome();
        }
        store = openAfterCrash();
        requireNothingOfSome();
    }

    private static Batch some() {
        return Batch.of(
                new PutObject(object("adder", 3)),
                new PutObject(object("other", 1)),
                new PutDomain(new DomainRecord("ring", 1, 0)),
                new PutLease(new Lease("n1", 1, "adder", NOON)),
                new PutChunk(blob("part")),
                new PutCheckpoint(
                        new Checkpoint("adder", 1, List.of(blob("part").sha256()))),
                entry(Log.INPUT, "ring", 2),
                new TrimLog(Log.INPUT, "ring", 2));
    }

    private void requireNothingOfSome() {
        assertThat(store.object("adder")).contains(object("adder", 2));
        assertThat(store.object("other")).isEmpty();
        assertThat(store.domain("ring")).isEmpty();
        assertThat(store.lease("n1")).isEmpty();
        assertThat(store.chunk(blob("part").sha256())).isEmpty();
        assertThat(store.checkpoints("adder")).isEmpty();
        assertThat(numbers(Log.INPUT, "ring", 0)).containsExactly(1L);
    }

    @Test
    public void whoWasTakenOverWritesNoMore() {
        commit(Batch.of(new PutObject(object("adder", 7))));
        commit(Batch.of(entry(Log.INPUT, "ring", 1)).fencedBy(Fence.object("adder", 7)));
        commit(Batch.of(new PutObject(object("adder", 8))).fencedBy(Fence.object("adder", 7)));

        assertThatThrownBy(() -> commit(Batch.of(entry(Log.INPUT, "ring", 2)).fencedBy(Fence.object("adder", 7))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("object 'adder'")
                .hasMessageContaining("8")
                .hasMessageContaining("7");
        assertThat(numbers(Log.INPUT, "ring", 0)).containsExactly(1L);
    }

    @Test
    public void ofSeveralWhoTakeOverAtTheSameTimeOneDoes() {
        for (long term = 0; term < 5; term++) {
            Fence free = Fence.resource("n1", term);
            List<CompletableFuture<Void>> claims = new ArrayList<>();
            for (String holder : List.of("a", "b", "c")) {
                Lease lease = new Lease("n1", term + 1, holder, NOON);
                claims.add(begin(Batch.of(new PutLease(lease)).fencedBy(free)));
            }
            List<Boolean> won = claims.stream().map(StoreContract::succeeds).toList();

            assertThat(won).containsOnlyOnce(true);
            String winner = List.of("a", "b", "c").get(won.indexOf(true));
            assertThat(store.lease("n1")).contains(new Lease("n1", term + 1, winner, NOON));
        }
    }

    @Test
    public void whatIsNotThereIsAtZero() {
        Batch create = Batch.of(new PutObject(object("adder", 1)), new PutDomain(new DomainRecord("ring", 1, 0)))
                .fencedBy(Fence.object("adder", 0), Fence.domain("ring", 0));
        commit(create);
        assertThatThrownBy(() -> commit(create)).isInstanceOf(RefusedException.class);

        commit(Batch.of(new RemoveObject("adder"), new RemoveDomain("ring")));
        assertThatThrownBy(() -> commit(Batch.of().fencedBy(Fence.object("adder", 1))))
                .as("a copy of an object that was removed")
                .isInstanceOf(RefusedException.class);
        commit(create);
    }

    @Test
    public void fencesAreComparedWithWhatWasThereBeforeTheBatch() {
        commit(Batch.of(new PutObject(object("adder", 1)), new PutObject(object("adder", 2)))
                .fencedBy(Fence.object("adder", 0)));

        assertThat(store.object("adder")).contains(object("adder", 2));
    }

    @Test
    public void incarnationsEpochsAndTermsNeverGoBack() {
        commit(Batch.of(
                new PutObject(object("adder", 3)),
                new PutDomain(new DomainRecord("ring", 3, 9)),
                new PutLease(new Lease("n1", 3, "adder", NOON))));

        for (Change back : List.of(
                new PutObject(object("adder", 2)),
                new PutDomain(new DomainRecord("ring", 2, 10)),
                new PutLease(new Lease("n1", 2, "other", NOON)))) {
            assertThatThrownBy(() -> commit(Batch.of(back)))
                    .as("%s", back)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("at 3")
                    .hasMessageContaining("back to 2");
        }
        commit(Batch.of(new PutObject(new ObjectRecord("adder", 3, "pool", "n9", "run2")))); // the same one, moved
        assertThat(store.objects("ring")).isEmpty();
        assertThat(store.objects("pool")).extracting(ObjectRecord::node).containsExactly("n9");
    }

    @Test
    public void aCheckpointHasAllItsChunks() {
        Blob kept = blob("kept");
        Blob gone = blob("gone");
        commit(Batch.of(
                new PutChunk(kept),
                new PutCheckpoint(new Checkpoint("adder", 1, List.of(kept.sha256()))),
                new PutChunk(gone),
                new DropUnusedChunks(),
                new PutChunk(kept)));

        assertThat(store.chunk(kept.sha256())).contains(kept);
        assertThat(store.chunk(gone.sha256())).isEmpty();
        assertThatThrownBy(() ->
                        commit(Batch.of(new PutCheckpoint(new Checkpoint("adder", 2, List.of(gone.sha256()))))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(gone.sha256());
    }

    @Test
    public void chunksGoWithTheLastCheckpointThatNamesThem() {
        Blob shared = blob("shared");
        Blob first = blob("first");
        commit(Batch.of(
                new PutObject(object("adder", 1)),
                new PutChunk(shared),
                new PutChunk(first),
                new PutCheckpoint(new Checkpoint("adder", 1, List.of(first.sha256(), shared.sha256()))),
                new PutCheckpoint(new Checkpoint("adder", 2, List.of(shared.sha256()))),
                new PutCheckpoint(new Checkpoint("other", 1, List.of(shared.sha256())))));

        commit(Batch.of(new DropCheckpoints("adder", 2), new DropUnusedChunks()));
        assertThat(store.checkpoints("adder")).containsExactly(2L);
        assertThat(store.chunk(first.sha256())).isEmpty();

        commit(Batch.of(new RemoveObject("adder"), new DropUnusedChunks()));
        assertThat(store.checkpoints("adder")).isEmpty();
        assertThat(store.chunk(shared.sha256()))
                .as("the other object has it, too")
                .contains(shared);

        commit(Batch.of(new PutCheckpoint(new Checkpoint("other", 1, List.of())), new DropUnusedChunks()));
        assertThat(store.checkpoint("other", 1)).contains(new Checkpoint("other", 1, List.of()));
        assertThat(store.chunk(shared.sha256())).isEmpty();
    }

    @Test
    public void logsGrowAtTheirEndAndAreCutAtTheirBeginning() {
        commit(Batch.of(
                entry(Log.INPUT, "ring", 2),
                entry(Log.INPUT, "ring", 5),
                entry(Log.INPUT, "ring", 9),
                entry(Log.INPUT, "pool", 1),
                entry(Log.DETERMINANTS, "ring", 1)));
        assertThatThrownBy(() -> commit(Batch.of(entry(Log.INPUT, "ring", 9))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("INPUT")
                .hasMessageContaining("'ring'");
        assertThat(numbers(Log.INPUT, "ring", 5)).containsExactly(5L, 9L);
        assertThat(numbers(Log.INPUT, "ring", 6)).containsExactly(9L);
        long bytes = store.log(Log.INPUT, "ring", 0).stream()
                .mapToLong(entry -> entry.content().bytes().length)
                .sum();
        assertThat(store.logSize(Log.INPUT, "ring")).isEqualTo(new LogSize(3, bytes));
        assertThat(bytes).isPositive();
        assertThat(store.logSize(Log.INPUT, "nobody")).isEqualTo(new LogSize(0, 0));

        commit(Batch.of(new TrimLog(Log.INPUT, "ring", 9)));
        assertThat(numbers(Log.INPUT, "ring", 0)).containsExactly(9L);
        assertThat(numbers(Log.INPUT, "pool", 0)).containsExactly(1L);
        assertThat(numbers(Log.DETERMINANTS, "ring", 0)).containsExactly(1L);

        commit(Batch.of(new RemoveDomain("ring")));
        assertThat(numbers(Log.INPUT, "ring", 0)).isEmpty();
        assertThat(numbers(Log.DETERMINANTS, "ring", 0)).isEmpty();
        assertThat(numbers(Log.INPUT, "pool", 0)).containsExactly(1L);
    }

    @Test
    public void batchesTakeEffectInTheOrderInWhichTheyAreHandedIn() throws Exception {
        List<CompletableFuture<Void>> commits = LongStream.rangeClosed(1, 50)
                .mapToObj(number -> Batch.of(entry(Log.INPUT, "ring", number)))
                .map(this::begin)
                .toList();
        CompletableFuture<Void> refused = begin(Batch.of(entry(Log.INPUT, "ring", 50)));
        CompletableFuture<Void> last = begin(Batch.of(entry(Log.INPUT, "ring", 51)));

        assertThat(commits).allMatch(StoreContract::succeeds);
        assertThat(succeeds(refused)).isFalse();
        assertThat(succeeds(last))
                .as("it has nothing to do with the one before")
                .isTrue();
        store = openAfterCrash();
        assertThat(numbers(Log.INPUT, "ring", 0))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 51).boxed().toList());
    }

    @Test
    public void listsAreSorted() {
        commit(Batch.of(
                new PutObject(object("b", 1)),
                new PutObject(object("a", 1)),
                new PutObject(object("B", 1)),
                new PutLease(new Lease("n2", 1, "a", NOON)),
                new PutLease(new Lease("n10", 1, "a", NOON)),
                new PutCheckpoint(new Checkpoint("a", 10, List.of())),
                new PutCheckpoint(new Checkpoint("a", 9, List.of()))));

        assertThat(store.objects("ring")).extracting(ObjectRecord::id).containsExactly("B", "a", "b");
        assertThat(store.objects()).extracting(ObjectRecord::id).containsSubsequence("B", "a", "b");
        assertThat(store.leases()).extracting(Lease::resource).containsExactly("n10", "n2");
        assertThat(store.checkpoints("a")).containsExactly(9L, 10L);
    }

    @Test
    public void whatIsHandedInBeforeClosingIsCarriedOutAndNothingLater() throws Exception {
        List<CompletableFuture<Void>> commits = LongStream.rangeClosed(1, 20)
                .mapToObj(number -> begin(Batch.of(entry(Log.INPUT, "ring", number))))
                .toList();
        Store closed = store;
        closed.close();
        closed.close();

        assertThat(commits).allMatch(CompletableFuture::isDone).allMatch(StoreContract::succeeds);
        assertThatThrownBy(() -> join(closed.commit(Batch.of()).toCompletableFuture()))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.object("adder")).isInstanceOf(StoreException.class);
        store = open();
        assertThat(numbers(Log.INPUT, "ring", 0)).hasSize(20);
    }

    private static ObjectRecord object(String id, long incarnation) {
        return new ObjectRecord(id, incarnation, "ring", "n3", "run1");
    }

    private static Append entry(Log log, String domain, long number) {
        return new Append(new LogEntry(log, domain, number, blob(domain + " " + number)));
    }

    private static Blob blob(String text) {
        return Blob.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Long> numbers(Log log, String domain, long from) {
        return store.log(log, domain, from).stream().map(LogEntry::number).toList();
    }

    private CompletableFuture<Void> begin(Batch batch) {
        return store.commit(batch).toCompletableFuture();
    }

    private void commit(Batch batch) {
        join(begin(batch));
    }

    private static void join(CompletableFuture<Void> commit) {
        try {
            commit.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static boolean succeeds(CompletableFuture<Void> commit) {
        try {
            commit.join();
            return true;
        } catch (CompletionException refused) {
            assertThat(refused).hasCauseInstanceOf(RefusedException.class);
            return false;
        }
    }
}
