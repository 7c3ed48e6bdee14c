package org.actium.benchmarks.ft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/** The workloads, on JVMs with and without fault tolerance that stay for all of them. */
final class Trials implements AutoCloseable {

    private final List<Cluster> clusters;
    private final Turns turns;
    private final long roundNanos;

    private Trials(List<Cluster> clusters, Turns turns, long roundNanos) {
        this.clusters = clusters;
        this.turns = turns;
        this.roundNanos = roundNanos;
    }

    /** @param roundNanos at least, where a round has no given amount of work */
    static Trials start(Turns turns, long roundNanos) throws Exception {
        List<Cluster> clusters = new ArrayList<>();
        Trials trials = new Trials(clusters, turns, roundNanos);
        try {
            for (Protection protection : Protection.values()) {
                clusters.add(Cluster.start(protection));
            }
            return trials;
        } catch (Exception failed) {
            trials.close();
            throw failed;
        }
    }

    /** @param listener hears of each as soon as it is measured */
    List<Result.Line> run(Pattern only, Consumer<Result.Line> listener) {
        List<Result.Line> lines = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            if (only.matcher(workload.title()).find()) {
                List<Result.Line> found = run(workload);
                found.forEach(listener);
                lines.addAll(found);
            }
        }
        return lines;
    }

    private List<Result.Line> run(Workload workload) {
        Map<Protection, DoubleSupplier> rounds = new EnumMap<>(Protection.class);
        List<Bodies> bodies = new ArrayList<>();
        for (Cluster cluster : clusters) {
            rounds.put(
                    cluster.protection(),
                    switch (workload) {
                        case N_BODY -> bodies(cluster, 1, Workload.ITERATIONS, bodies);
                        case N_BODY_LARGE -> bodies(cluster, Workload.POINTS, Workload.LARGE_ITERATIONS, bodies);
                        case ONE_WAY -> floods(cluster);
                        case CALL -> calls(cluster);
                    });
        }
        List<Result.Line> lines = turns.run(workload, rounds);
        Set<List<Long>> ends = new HashSet<>();
        bodies.forEach(system -> ends.add(system.digest()));
        if (ends.size() > 1) {
            throw new IllegalStateException(workload.title() + ": not all bodies are in the end where they should be");
        }
        return lines;
    }

    private static DoubleSupplier bodies(Cluster cluster, int points, int iterations, List<Bodies> made) {
        Bodies bodies = new Bodies(cluster, points, iterations);
        made.add(bodies);
        return bodies::run;
    }

    /** Each in a JVM of its own, and neither in this one. */
    private static void requireApart(Source source, Sink sink) {
        Set<Long> processes = Set.copyOf(List.of(
                source.process(), sink.process(), ProcessHandle.current().pid()));
        if (processes.size() != 3) {
            throw new IllegalStateException("who calls, who is called and who measures are not in three JVMs, but in "
                    + processes + ": nothing would be measured");
        }
    }

    private DoubleSupplier floods(Cluster cluster) {
        Source source = cluster.create(Source.class, 0, 0);
        Sink sink = cluster.create(Sink.class, 1, 0);
        requireApart(source, sink);
        long[] before = {0};
        return () -> {
            long begun = System.nanoTime();
            long sent = 0;
            do {
                sent += Workload.FLOOD;
                long taken = source.flood(sink, Workload.FLOOD);
                if (taken != before[0] + sent) {
                    throw new IllegalStateException(taken + " messages were taken, not " + (before[0] + sent));
                }
            } while (System.nanoTime() - begun < roundNanos);
            before[0] += sent;
            return 1e9 * sent / (System.nanoTime() - begun);
        };
    }

    private DoubleSupplier calls(Cluster cluster) {
        Source source = cluster.create(Source.class, 0, 0);
        Sink sink = cluster.create(Sink.class, 1, 0);
        requireApart(source, sink);
        int[] calls = {50};
        return () -> {
            long[] nanos = source.ask(sink, calls[0]);
            long all = Arrays.stream(nanos).sum();
            calls[0] = (int) Math.clamp(calls[0] * (double) roundNanos / all, 50, 10.0 * calls[0]);
            Arrays.sort(nanos);
            return nanos[nanos.length / 2] / 1e3;
        };
    }

    @Override
    public void close() {
        clusters.forEach(Cluster::close);
    }
}
