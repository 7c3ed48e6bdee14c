package org.actium.benchmarks.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets all stacks do a workload in turns, so that a change of the machine's load hits all of them. The first half of the
 * rounds warms up and finds out how many calls fill a round.
 */
final class Rounds {

    private static final long MILLION = 1_000_000;
    /** However slow the first calls of a JVM are, the next round is not more than so many times as long. */
    private static final int GROWTH = 10;

    private final int rounds;
    private final long millis;

    Rounds(int rounds, long millis) {
        this.rounds = rounds;
        this.millis = millis;
    }

    /** One that does the workload, and what it has done. */
    private static final class Turn {
        private final Stack stack;
        private final Near near;
        private final List<Double> figures = new ArrayList<>();
        private int calls = 100;

        Turn(Stack stack, Near near) {
            this.stack = stack;
            this.near = near;
        }
    }

    List<Result.Line> run(Workload workload, boolean tls, Map<Stack, Near> stacks) throws Exception {
        List<Turn> turns = new ArrayList<>();
        new LinkedHashMap<>(stacks).forEach((stack, near) -> {
            if (near.workloads().contains(workload)) {
                turns.add(new Turn(stack, near));
            }
        });
        int warmUps = rounds / 2;
        for (int round = 0; round < rounds; round++) {
            for (Turn turn : turns) {
                long begun = System.nanoTime();
                turn.near.run(workload, turn.calls);
                long nanos = System.nanoTime() - begun;
                if (round < warmUps) {
                    double wanted = turn.calls * (double) (millis * MILLION) / nanos;
                    turn.calls = (int) Math.clamp(wanted, 1, (double) turn.calls * GROWTH);
                    turn.calls = Math.max(Workload.AT_ONCE, turn.calls / Workload.AT_ONCE * Workload.AT_ONCE);
                } else {
                    turn.figures.add(workload.figure(turn.calls, nanos));
                }
            }
        }
        return turns.stream().map(turn -> line(workload, tls, turn)).toList();
    }

    private static Result.Line line(Workload workload, boolean tls, Turn turn) {
        double[] sorted =
                turn.figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Result.Line(
                workload, tls, turn.stack, quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double share) {
        return Arrays.stream(sorted)
                .skip((long) (share * (sorted.length - 1)))
                .findFirst()
                .orElseThrow();
    }
}
