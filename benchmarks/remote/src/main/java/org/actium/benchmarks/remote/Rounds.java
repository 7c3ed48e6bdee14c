package org.actium.benchmarks.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets all stacks do a workload in turns, so that a change of the machine's load hits all of them. The first half of the
 * rounds warms up and finds out how many calls fill a round; it goes on, for all of them, until none becomes faster, because
 * cold code is up to ten times as slow for seconds, and longer the more there is of it and the busier the machine.
 */
final class Rounds {

    private static final long MILLION = 1_000_000;
    /** However slow the first calls of a JVM are, the next round is not more than so many times as long. */
    private static final int GROWTH = 10;
    /** Who has not become faster for so many rounds is warm. */
    private static final int STEADY = 8;
    /** By less than this share nobody has become faster. */
    private static final double NOTICED = 0.05;
    /** However unsteady they are, warming up does not take more than so many times as long. */
    private static final int MOST_WARM_UPS = 4;

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
        private double best; // calls in a nanosecond
        private int since; // the round in which it was reached

        Turn(Stack stack, Near near) {
            this.stack = stack;
            this.near = near;
        }

        void warmUp(int round, long nanos, double wanted) {
            double speed = (double) calls / nanos;
            if (speed > best * (1 + NOTICED)) {
                since = round;
            }
            best = Math.max(best, speed);
            calls = (int) Math.clamp(wanted, 1, (double) calls * GROWTH);
            calls = Math.max(Workload.AT_ONCE, calls / Workload.AT_ONCE * Workload.AT_ONCE);
        }

        boolean isWarm(int round) {
            return round - since >= STEADY;
        }
    }

    List<Result.Line> run(Workload workload, boolean tls, Map<Stack, Near> stacks) throws Exception {
        List<Turn> turns = new ArrayList<>();
        new LinkedHashMap<>(stacks).forEach((stack, near) -> {
            if (near.workloads().contains(workload)) {
                turns.add(new Turn(stack, near));
            }
        });
        int half = rounds / 2;
        for (int round = 0; isTooCold(turns, round, half); round++) {
            for (Turn turn : turns) {
                long nanos = take(workload, turn);
                turn.warmUp(round, nanos, turn.calls * (double) (millis * MILLION) / nanos);
            }
        }
        for (int left = (rounds - half) * workload.effort(); left > 0; left--) {
            for (Turn turn : turns) {
                turn.figures.add(workload.figure(turn.calls, take(workload, turn)));
            }
        }
        return turns.stream().map(turn -> line(workload, tls, turn)).toList();
    }

    private static boolean isTooCold(List<Turn> turns, int round, int half) {
        return round < half || (round < MOST_WARM_UPS * half && !turns.stream().allMatch(turn -> turn.isWarm(round)));
    }

    /** @return nanoseconds */
    private static long take(Workload workload, Turn turn) throws Exception {
        long begun = System.nanoTime();
        turn.near.run(workload, turn.calls);
        return System.nanoTime() - begun;
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
