package org.actium.benchmarks.objects;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.actium.benchmarks.runner.Run;

/**
 * Everything that one run measured, as it is written to {@code objects.json}.
 *
 * @param figures empty if not measured, as all others
 */
record Result(
        @JsonUnwrapped Run run,
        List<Line> figures,
        List<IdleMemory> memory,
        List<Flood> floods,
        List<Sweep> sweeps,
        List<Jvm> jvms) {

    static Result nothing(Run run) {
        return new Result(run, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Result after(long nanos) {
        return new Result(run.took(nanos), figures, memory, floods, sweeps, jvms);
    }

    Result with(List<Line> measured) {
        return new Result(run, measured, memory, floods, sweeps, jvms);
    }

    Result withMemory(List<IdleMemory> measured) {
        return new Result(run, figures, measured, floods, sweeps, jvms);
    }

    Result with(Overload measured) {
        return new Result(run, figures, memory, measured.floods(), measured.sweeps(), jvms);
    }

    Result withJvms(List<Jvm> measured) {
        return new Result(run, figures, memory, floods, sweeps, measured);
    }

    /** Of something that is measured against a goal. */
    enum Verdict {
        MET,
        MISSED,
        NO_GOAL
    }

    /**
     * A figure as it was measured.
     *
     * @param error half the width of the interval that holds the score with 99.9 %, as JMH computes it
     * @param value the comparison: a ratio, or a difference
     * @param valueError as that of the score, where differences were measured and not computed; else 0
     * @param bytes allocated for each operation
     * @param allowed so many of them; 0: any number
     */
    record Line(
            String figure,
            String workload,
            String unit,
            double ours,
            double error,
            String peer,
            double peers,
            double peersError,
            Figure.Comparison comparison,
            double value,
            double valueError,
            double goal,
            Verdict verdict,
            double bytes,
            double peersBytes,
            int allowed,
            Verdict allocation) {}

    /** @param bytes of each beyond its own fields, all of them live in the heap given */
    record IdleMemory(boolean compactHeaders, int objects, long bytes, int heapMegabytes, int goal, Verdict verdict) {}

    /** What the overload part measures in a JVM of its own. */
    record Overload(List<Flood> floods, List<Sweep> sweeps) {}

    /**
     * One object under growing load.
     *
     * @param whenFull what its queue does when it is full
     * @param serviceNanos that it takes for each request
     * @param capacity of its queue
     * @param sustainable calls for each second that it serves when its queue is never empty
     */
    record Sweep(String whenFull, long serviceNanos, int capacity, double sustainable, List<Point> points) {}

    /**
     * Calls to an object that is slower than its sender.
     *
     * @param heapMegabytes all that the JVM had
     * @param usedMegabytes the most that was live after any garbage collection
     * @param longestQueue the most requests seen in the queue
     * @param longestCallMillis the longest that the sender was held back
     */
    record Flood(
            long calls,
            int capacity,
            double seconds,
            int heapMegabytes,
            double usedMegabytes,
            int longestQueue,
            double longestCallMillis,
            long served) {}

    /**
     * One offered load. Latencies are in microseconds, from the moment at which the call was due until it was served, so
     * that a sender that was held back hides nothing (no coordinated omission).
     *
     * @param share of what is sustainable
     * @param offered calls for each second that were due
     * @param served calls for each second
     * @param refused with an {@code InboxFullException}, for each second
     */
    record Point(
            double share,
            double offered,
            double served,
            double refused,
            double p50,
            double p99,
            double p999,
            double max) {}

    /** One workload under one kind of JVM. */
    record Jvm(String collector, boolean compactHeaders, String workload, String unit, double score, double error) {}
}
