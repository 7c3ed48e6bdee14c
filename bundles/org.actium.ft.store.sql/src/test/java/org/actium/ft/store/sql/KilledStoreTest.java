package org.actium.ft.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.runtime.core.SystemThreads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** A JVM is killed in the middle of commits: what was acknowledged is there, and no batch is there in parts. */
public class KilledStoreTest {

    private static final int KILLS = 4;
    private static final long ACKNOWLEDGED_AT_LEAST = 200;

    /** Large enough to take several pages, so that there is something to tear. */
    private static final int CHUNK_BYTES = 20_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Test
    public void whatWasAcknowledgedIsThereAndNothingByHalves() throws Exception {
        Path file = folder.getRoot().toPath().resolve("store.db");
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = writeUntilKilled(file, before + ACKNOWLEDGED_AT_LEAST);
            try (Store store = SqliteStore.open(file, new SystemThreads())) {
                List<Long> found = store.log(Log.INPUT, "ring", 0).stream()
                        .map(LogEntry::number)
                        .toList();
                long last = found.getLast();
                assertThat(last).as("the last one of which the writer was told").isGreaterThanOrEqualTo(acknowledged);
                assertThat(found)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, last).boxed().toList());
                assertThat(store.object("adder")).map(ObjectRecord::incarnation).contains(last);
                assertThat(store.checkpoints("adder")).containsExactly(last);
                assertThat(store.checkpoint("adder", last).orElseThrow().chunks())
                        .allSatisfy(hash -> assertThat(store.chunk(hash)).isPresent());
                before = last;
            }
        }
    }

    /** The number of the last commit that the child said is durable. */
    private static long writeUntilKilled(Path file, long atLeast) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            long acknowledged = 0;
            while (acknowledged < atLeast) {
                String line = lines.readLine();
                assertThat(line).as("the writer goes on until it is killed").isNotNull();
                acknowledged = Long.parseLong(line);
            }
            writer.toHandle().destroyForcibly(); // SIGKILL; what it has printed can still be read
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last one may be cut off
                acknowledged = line.length() < 9 ? acknowledged : Long.parseLong(line);
            }
            return acknowledged;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /** Commits one batch after the other, with several under way, and prints the number of each once it is durable. */
    static final class Writer {

        private static final int UNDER_WAY = 20;

        public static void main(String[] arguments) {
            Store store = SqliteStore.open(Path.of(arguments[0]), new SystemThreads());
            long number = store.object("adder").map(ObjectRecord::incarnation).orElse(0L);
            while (true) {
                CompletableFuture<?>[] commits = new CompletableFuture<?>[UNDER_WAY];
                for (int i = 0; i < UNDER_WAY; i++) {
                    long mine = ++number;
                    commits[i] = store.commit(batch(mine))
                            .thenRun(() -> System.out.printf("%09d%n", mine))
                            .toCompletableFuture();
                }
                CompletableFuture.allOf(commits).join();
            }
        }

        private static Batch batch(long number) {
            Blob chunk =
                    Blob.of(ByteBuffer.allocate(CHUNK_BYTES).putLong(number).array());
            return Batch.of(
                            new Change.PutObject(new ObjectRecord("adder", number, "ring", "n1", "run")),
                            new Change.Append(new LogEntry(Log.INPUT, "ring", number, Blob.of())),
                            new Change.PutChunk(chunk),
                            new Change.PutCheckpoint(new Checkpoint("adder", number, List.of(chunk.sha256()))),
                            new Change.DropCheckpoints("adder", number),
                            new Change.DropUnusedChunks())
                    .fencedBy(Fence.object("adder", number - 1));
        }
    }
}
