package org.actium.benchmarks.ft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.actium.benchmarks.runner.Run;

/**
 * Everything that one run measured, as it is written to {@code ft.json}.
 *
 * @param lines empty if not measured, as all others
 */
record Result(
        @JsonUnwrapped Run run,
        Disk disk,
        List<Line> lines,
        List<Recovery> recovery,
        List<Pause> pauses,
        List<Growth> growth,
        List<Goal> goals) {

    /**
     * The disk that the store is on.
     *
     * @param fileSystem its kind
     * @param commitMicros of one entry of 1 KiB alone, the one in the middle
     * @param slowCommitMicros one in twenty takes longer
     */
    record Disk(String fileSystem, double commitMicros, double slowCommitMicros) {}

    /**
     * What was done over and over, with and without fault tolerance in turns.
     *
     * @param low a quarter of the rounds were lower
     * @param high a quarter of the rounds were higher
     */
    record Line(Workload workload, Protection protection, int rounds, double median, double low, double high) {}

    /**
     * JVMs that were killed while an object there was called. All in milliseconds, in the order of the kills.
     *
     * @param detected from the kill until the JVM was given up
     * @param served from there until a reply was there again
     */
    record Recovery(List<Double> detected, List<Double> served) {}

    /**
     * How long an object does nothing because of a checkpoint.
     *
     * @param bytes of its state as it is written
     * @param millis of each, ascending
     * @param otherwise milliseconds between two services without a checkpoint, the one in the middle
     */
    record Pause(Ballast.Shape shape, int bytes, List<Double> millis, double otherwise) {

        /** What it would be for 10 MiB. */
        double of10MiB(double share) {
            return Statistics.quantile(millis, share) * (10 << 20) / bytes;
        }
    }

    /**
     * What a store takes under load. All in bytes.
     *
     * @param state of all objects
     * @param logOfOneTtc what they received between two checkpoints, on average
     * @param end when the load was over
     * @param most that it ever took
     */
    record Growth(int ttcs, long messages, long state, long logOfOneTtc, long end, long most) {

        /** What it may take. */
        long bound() {
            return 2 * state + logOfOneTtc;
        }
    }

    /** A figure beside what it has to reach. @param atLeast whether more is better */
    record Goal(String figure, double value, boolean atLeast, double goal) {

        boolean isMet() {
            return atLeast ? value >= goal : value <= goal;
        }
    }
}
