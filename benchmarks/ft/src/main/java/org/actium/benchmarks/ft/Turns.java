package org.actium.benchmarks.ft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Lets all do a workload in turns, so that a change of the machine's load hits all of them. They warm up until none becomes
 * faster any more.
 */
final class Turns {

    /** Who has not become faster for so many rounds is warm. */
    private static final int STEADY = 4;
    /** By less than this share nobody has become faster. */
    private static final double NOTICED = 0.05;
    /** However unsteady they are, warming up does not take more than so many rounds. */
    private static final int MOST_WARM_UPS = 16;

    private final int rounds;
    private final int warmUps;

    /** @param rounds that count */
    Turns(int rounds, int warmUps) {
        this.rounds = rounds;
        this.warmUps = warmUps;
    }

    /** One that does the workload, and what it has done. */
    private static final class Turn {
        private final DoubleSupplier round;
        private final boolean moreIsBetter;
        private final List<Double> figures = new ArrayList<>();
        private double best;
        private int since; // the round in which it was reached

        Turn(DoubleSupplier round, boolean moreIsBetter) {
            this.round = round;
            this.moreIsBetter = moreIsBetter;
        }

        void warmUp(int number) {
            double figure = round.getAsDouble();
            double speed = moreIsBetter ? figure : 1 / figure;
            if (speed > best * (1 + NOTICED)) {
                since = number;
            }
            best = Math.max(best, speed);
        }

        boolean isWarm(int number) {
            return number - since >= STEADY;
        }
    }

    /** @param trials each does it for one round, and says the figure */
    List<Result.Line> run(Workload workload, Map<Protection, DoubleSupplier> trials) {
        Map<Protection, Turn> turns = new LinkedHashMap<>();
        trials.forEach((protection, trial) -> turns.put(protection, new Turn(trial, workload.moreIsBetter())));
        for (int round = 0; isTooCold(turns, round); round++) {
            for (Turn turn : turns.values()) {
                turn.warmUp(round);
            }
        }
        for (int round = 0; round < rounds; round++) {
            turns.values().forEach(turn -> turn.figures.add(turn.round.getAsDouble()));
        }
        return turns.entrySet().stream()
                .map(turn -> new Result.Line(
                        workload,
                        turn.getKey(),
                        rounds,
                        Statistics.median(turn.getValue().figures),
                        Statistics.quantile(turn.getValue().figures, 0.25),
                        Statistics.quantile(turn.getValue().figures, 0.75)))
                .toList();
    }

    private boolean isTooCold(Map<Protection, Turn> turns, int round) {
        return round < warmUps
                || round < MOST_WARM_UPS
                        && warmUps > STEADY // a quick run takes what it gets
                        && !turns.values().stream().allMatch(turn -> turn.isWarm(round));
    }
}
