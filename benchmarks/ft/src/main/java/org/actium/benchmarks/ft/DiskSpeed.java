package org.actium.benchmarks.ft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.runtime.core.SystemThreads;

/** How long a commit takes when nobody else commits. */
final class DiskSpeed {

    private static final int WARM_UP = 200;
    private static final int COUNTED = 500;
    private static final int ENTRY_BYTES = 1024;

    private DiskSpeed() {}

    static Result.Disk measure() throws IOException {
        Path directory = Files.createTempDirectory("ft-disk");
        List<Double> micros = new ArrayList<>();
        try (Store store = SqliteStore.open(directory.resolve("store.db"), new SystemThreads())) {
            Blob entry = Blob.of(Sink.random(ENTRY_BYTES));
            for (int i = 1; i <= WARM_UP + COUNTED; i++) {
                long begun = System.nanoTime();
                store.commit(Batch.of(new Change.Append(new LogEntry(Log.INPUT, "disk", i, entry))))
                        .toCompletableFuture()
                        .join();
                if (i > WARM_UP) {
                    micros.add((System.nanoTime() - begun) / 1e3);
                }
            }
        }
        String kind = Files.getFileStore(directory).type();
        Cluster.delete(directory);
        return new Result.Disk(kind, Statistics.median(micros), Statistics.quantile(micros, 0.95));
    }
}
