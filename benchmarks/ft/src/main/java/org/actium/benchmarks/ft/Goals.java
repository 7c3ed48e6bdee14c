package org.actium.benchmarks.ft;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What fault tolerance may cost, beside none in the same run. */
final class Goals {

    private static final double N_BODY = 1.10;
    private static final double ONE_WAY = 0.6;
    /** Of the design. A commit begins when the one before has ended, if there is something to write: nothing is awaited. */
    private static final double COMMIT_INTERVAL_MILLIS = 2;

    private static final double LATENCY_MILLIS = COMMIT_INTERVAL_MILLIS + 1;
    /** A call and its reply are two messages. */
    private static final int MESSAGES_OF_A_CALL = 2;

    private static final double RECOVERY_MILLIS = 2000;
    private static final double PAUSE_MILLIS = 5;

    private Goals() {}

    static List<Result.Goal> of(
            List<Result.Line> lines,
            List<Result.Recovery> recovery,
            List<Result.Pause> pauses,
            List<Result.Growth> growth) {
        List<Result.Goal> goals = new ArrayList<>();
        ratio(lines, Workload.N_BODY)
                .ifPresent(ratio -> goals.add(
                        new Result.Goal("n-body, 8 bodies: time with pml to that with none", ratio, false, N_BODY)));
        ratio(lines, Workload.N_BODY_LARGE)
                .ifPresent(ratio -> goals.add(new Result.Goal(
                        "n-body, 8 bodies of %d points: time with pml to that with none".formatted(Workload.POINTS),
                        ratio,
                        false,
                        N_BODY)));
        ratio(lines, Workload.ONE_WAY)
                .ifPresent(ratio -> goals.add(
                        new Result.Goal("one-way 1 KiB: rate with pml to that with none", ratio, true, ONE_WAY)));
        OptionalDouble with = median(lines, Workload.CALL, Protection.PML);
        OptionalDouble without = median(lines, Workload.CALL, Protection.NONE);
        if (with.isPresent() && without.isPresent()) {
            goals.add(new Result.Goal(
                    "latency that pml adds to a message, ms",
                    (with.getAsDouble() - without.getAsDouble()) / 1e3 / MESSAGES_OF_A_CALL,
                    false,
                    LATENCY_MILLIS));
        }
        recovery.forEach(kills -> goals.add(new Result.Goal(
                "detection to first request served again, 1 MiB of state, 95 %% of %d kills: ms"
                        .formatted(kills.served().size()),
                Statistics.quantile(kills.served(), 0.95),
                false,
                RECOVERY_MILLIS)));
        pauses.forEach(pause -> goals.add(new Result.Goal(
                "pause for a checkpoint of 10 MiB, %s: ms"
                        .formatted(pause.shape().title()),
                pause.of10MiB(0.5),
                false,
                PAUSE_MILLIS)));
        growth.forEach(load -> goals.add(new Result.Goal(
                "store after %d TTC of load, to two states and the log of one TTC".formatted(load.ttcs()),
                (double) load.most() / load.bound(),
                false,
                1)));
        return goals;
    }

    private static OptionalDouble ratio(List<Result.Line> lines, Workload workload) {
        OptionalDouble with = median(lines, workload, Protection.PML);
        OptionalDouble without = median(lines, workload, Protection.NONE);
        return with.isPresent() && without.isPresent()
                ? OptionalDouble.of(with.getAsDouble() / without.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble median(List<Result.Line> lines, Workload workload, Protection protection) {
        return lines.stream()
                .filter(line -> line.workload() == workload && line.protection() == protection)
                .mapToDouble(Result.Line::median)
                .findFirst();
    }
}
