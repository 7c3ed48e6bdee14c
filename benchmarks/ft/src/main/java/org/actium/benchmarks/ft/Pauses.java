package org.actium.benchmarks.ft;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How long an object with a large state does nothing because of a checkpoint, while requests wait for it. */
final class Pauses {

    static final Duration TTC = Duration.ofMillis(500);

    private static final long SERVICE_NANOS = 200_000;
    private static final int BURST = 2000;
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private Pauses() {}

    /**
     * The longest gaps between two services, as many as there were checkpoints: whatever else holds the object up for as long
     * counts, too.
     *
     * @param wanted checkpoints that count at least; as many come before, to warm up
     */
    static Result.Pause measure(Ballast.Shape shape, int wanted) throws Exception {
        try (Cluster cluster = Cluster.start(Protection.PML, TTC, event -> {})) {
            Ballast ballast = cluster.create(Ballast.class, 0, shape.name());
            burst(ballast, cluster, wanted);
            long before = latest(cluster);
            long[] gaps = burst(ballast, cluster, before + wanted);
            Arrays.sort(gaps);
            int checkpoints = Math.toIntExact(latest(cluster) - before);
            List<Double> pauses = Arrays.stream(gaps)
                    .skip(gaps.length - checkpoints)
                    .mapToObj(nanos -> nanos / 1e6)
                    .toList();
            return new Result.Pause(shape, ballast.size(), pauses, gaps[gaps.length / 2] / 1e6);
        }
    }

    /** @return all gaps until there is a checkpoint of that number */
    private static long[] burst(Ballast ballast, Cluster cluster, long until) {
        long[] gaps = {};
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (latest(cluster) < until) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("there is no checkpoint " + until + " after " + LONGEST.toSeconds()
                        + " s, the latest is " + latest(cluster));
            }
            for (int i = 0; i < BURST; i++) {
                ballast.work(SERVICE_NANOS);
            }
            gaps = LongStream.concat(Arrays.stream(gaps), Arrays.stream(ballast.gaps()))
                    .toArray();
        }
        return gaps;
    }

    private static long latest(Cluster cluster) {
        return cluster.status().objects().getFirst().checkpoints().getLast();
    }
}
