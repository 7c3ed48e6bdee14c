package org.actium.benchmarks.remote;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.actium.benchmarks.runner.Run;

/**
 * Everything that one run measured, as it is written to {@code remote.json}.
 *
 * @param lines empty if not measured, as all others
 * @param remarks what went wrong without hurting a figure
 */
record Result(
        @JsonUnwrapped Run run,
        List<Line> lines,
        List<Goal> goals,
        List<Traffic> bytesOfACall,
        List<Idle> idle,
        List<String> remarks) {

    /**
     * What one stack did in one workload.
     *
     * @param low a quarter of the rounds were lower
     * @param high a quarter of the rounds were higher
     */
    record Line(Workload workload, boolean tls, Stack stack, double median, double low, double high) {}

    /**
     * A figure beside what it has to reach.
     *
     * @param value a ratio, or what the figure says
     * @param atLeast whether more is better
     */
    record Goal(String figure, double value, boolean atLeast, double goal) {

        boolean isMet() {
            return atLeast ? value >= goal : value <= goal;
        }
    }

    /**
     * Runtimes in one JVM, each connected to each, that do nothing.
     *
     * @param percentOfACore that the JVM used
     * @param heapBytes of a connection, both ends together
     * @param residentBytes the same for all memory of the process; comes in pages, and says more the more connections there are
     */
    record Idle(
            boolean tls, int runtimes, int connections, double percentOfACore, long heapBytes, long residentBytes) {}
}
