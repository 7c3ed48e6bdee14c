package org.actium.benchmarks.ft;

import java.time.Duration;
import org.actium.ft.store.api.LogSize;

/** What the store takes while two objects with states exchange messages as fast as they can. */
final class Load {

    static final int STATE_BYTES = 1 << 20;
    static final Duration TTC = Duration.ofSeconds(2);

    private static final int FLOOD = 1000;
    private static final Duration LOOKED_AFTER = Duration.ofMillis(100);

    private Load() {}

    static Result.Growth measure(int ttcs) throws Exception {
        try (Cluster cluster = Cluster.start(Protection.PML, TTC, event -> {})) {
            Source source = cluster.create(Source.class, 0, STATE_BYTES);
            Sink sink = cluster.create(Sink.class, 1, STATE_BYTES);
            long before = source.flood(sink, FLOOD); // until it has begun, which takes a second or so
            long begun = System.nanoTime();
            long end = begun + TTC.multipliedBy(ttcs).toNanos();
            long looked = begun;
            long most = 0;
            long entries = 0;
            long bytes = 0;
            long messages = 0;
            while (System.nanoTime() < end) {
                messages = source.flood(sink, FLOOD) - before;
                if (entries == 0 || System.nanoTime() - looked > LOOKED_AFTER.toNanos()) {
                    looked = System.nanoTime();
                    most = Math.max(most, cluster.storeBytes());
                    LogSize logs = cluster.logs();
                    entries += logs.entries();
                    bytes += logs.bytes();
                }
            }
            double ttcsTaken = (System.nanoTime() - begun) / (double) TTC.toNanos();
            long last = cluster.storeBytes();
            double entryBytes = (double) bytes / entries;
            return new Result.Growth(
                    ttcs,
                    messages,
                    2L * STATE_BYTES,
                    (long) (messages / ttcsTaken * entryBytes),
                    last,
                    Math.max(most, last));
        }
    }
}
