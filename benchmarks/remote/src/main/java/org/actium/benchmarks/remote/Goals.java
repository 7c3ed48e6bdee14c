package org.actium.benchmarks.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.actium.benchmarks.remote.Result.Goal;
import org.actium.benchmarks.remote.Result.Line;

/** What the figures have to reach, all of them beside a peer of the same run. */
final class Goals {

    private static final int BYTES_OF_A_CALL = 80;
    private static final double PERCENT_IDLE = 2;

    private final List<Line> lines;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(List<Line> lines) {
        this.lines = lines;
    }

    static List<Goal> of(List<Line> lines, List<Traffic> bytesOfACall, List<Result.Idle> idle) {
        Goals goals = new Goals(lines);
        for (boolean tls : new boolean[] {false, true}) {
            goals.speed(tls);
        }
        goals.costOfTls();
        bytesOfACall.forEach(bytes -> goals.goals.add(new Goal(
                "bytes on the wire, call with (int, String of 10) and its answer",
                bytes.sent() + bytes.received(),
                false,
                BYTES_OF_A_CALL)));
        idle.forEach(runtimes -> goals.goals.add(new Goal(
                "%d runtimes, each connected to each, idle%s: %% of a core"
                        .formatted(runtimes.runtimes(), over(runtimes.tls())),
                runtimes.percentOfACore(),
                false,
                PERCENT_IDLE)));
        return goals.goals;
    }

    private static String over(boolean tls) {
        return tls ? ", TLS" : "";
    }

    private void speed(boolean tls) {
        beside("call and wait: time of Java RMI to ours", Workload.CALL, Stack.RMI, tls, 1);
        beside("call and wait: time of Pekko's ask to ours", Workload.CALL, Stack.PEKKO, tls, 1 / 0.3);
        beside("one-way 100 B: rate to that of Pekko's tell", Workload.ONE_WAY, Stack.PEKKO, tls, 1.5);
        beside("100 outstanding calls: rate to that of Pekko's ask", Workload.OUTSTANDING, Stack.PEKKO, tls, 2);
        beside("1 MiB argument: share of the bandwidth of sockets", Workload.LARGE, Stack.SOCKETS, tls, 0.7);
    }

    private void beside(String figure, Workload workload, Stack peer, boolean tls, double goal) {
        advantage(workload, tls, Stack.ACTIUM, tls, peer)
                .ifPresent(value -> goals.add(new Goal(figure + over(tls), value, true, goal)));
    }

    private void costOfTls() {
        for (Workload workload : List.of(Workload.CALL, Workload.ONE_WAY, Workload.LARGE)) {
            OptionalDouble ours = advantage(workload, true, Stack.ACTIUM, false, Stack.ACTIUM);
            OptionalDouble bare = advantage(workload, true, Stack.SOCKETS, false, Stack.SOCKETS);
            if (ours.isPresent() && bare.isPresent()) {
                goals.add(new Goal(
                        "TLS to plain, ours to that of sockets: " + workload.title(),
                        ours.getAsDouble() / bare.getAsDouble(),
                        true,
                        0.8));
            }
        }
    }

    /** How many times as good one is as the other. */
    private OptionalDouble advantage(Workload workload, boolean tls, Stack stack, boolean otherTls, Stack other) {
        OptionalDouble one = median(workload, tls, stack);
        OptionalDouble two = median(workload, otherTls, other);
        if (one.isEmpty() || two.isEmpty()) {
            return OptionalDouble.empty();
        }
        double ratio = one.getAsDouble() / two.getAsDouble();
        return OptionalDouble.of(workload.moreIsBetter() ? ratio : 1 / ratio);
    }

    private OptionalDouble median(Workload workload, boolean tls, Stack stack) {
        return lines.stream()
                .filter(line -> line.workload() == workload && line.tls() == tls && line.stack() == stack)
                .mapToDouble(Line::median)
                .findFirst();
    }
}
