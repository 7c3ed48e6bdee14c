package org.actium.benchmarks.ft;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long an object with a large state does nothing because of a checkpoint, while requests wait for it. */
final class Pauses {

    static final Duration TTC = Duration.ofMillis(500);

    private static final long SERVICE_NANOS = 200_000;
    private static final int BURST = 2000;

    private Pauses() {}

    /** @param wanted checkpoints that count; as many come before, to warm up */
    static Result.Pause measure(Ballast.Shape shape, int wanted) throws Exception {
        try (Cluster cluster = Cluster.start(Protection.PML, TTC, event -> {})) {
            Ballast ballast = cluster.create(Ballast.class, 0, shape.name());
            long[] found = new long[0];
            for (int burst = 0; found.length < 2 * wanted; burst++) {
                for (int i = 0; i < BURST; i++) {
                    ballast.work(SERVICE_NANOS);
                }
                found = ballast.pauses();
                if (burst > 20 * wanted) {
                    throw new IllegalStateException("there were " + found.length + " checkpoints in " + burst
                            + " bursts, and not " + 2 * wanted);
                }
            }
            List<Double> counted = Arrays.stream(found)
                    .skip(found.length - wanted)
                    .mapToObj(nanos -> nanos / 1e6)
                    .sorted()
                    .toList();
            long[] others = ballast.others();
            Arrays.sort(others);
            return new Result.Pause(shape, ballast.size(), counted, others[others.length / 2] / 1e6);
        }
    }
}
