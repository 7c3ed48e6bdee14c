package org.actium.benchmarks.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.actium.benchmarks.runner.Arguments;
import org.actium.benchmarks.runner.Json;
import org.actium.benchmarks.runner.Numbers;
import org.actium.benchmarks.runner.Run;

/**
 * Measures calls between two JVMs in one go, prints each figure beside its peers' and writes all as JSON: {@code Report
 * [--quick] [--part <part>,…] [--only <workload>] [--commit <commit>] --out <directory>}; with {@code --page} also for
 * people.
 */
public final class Report {

    private static final int RUNTIMES = 32;

    /** What can be measured apart. */
    private enum Part {
        SPEED,
        BYTES,
        IDLE
    }

    private final Arguments<Part> asked;
    private final Secrets secrets;
    private final List<String> remarks = new ArrayList<>();

    private Report(Arguments<Part> asked, Secrets secrets) {
        this.asked = asked;
        this.secrets = secrets;
    }

    public static void main(String[] arguments) throws Exception {
        new Report(Arguments.of(Part.class, arguments), Secrets.make()).run();
        System.exit(0); // RMI has threads that do not end
    }

    private void run() throws Exception {
        Files.createDirectories(asked.out());
        long begun = System.nanoTime();
        Run run = Run.of(asked, FarJvm.OPTIONS);
        List<Result.Line> lines = new ArrayList<>();
        if (asked.parts().contains(Part.SPEED)) {
            lines.addAll(speed(false));
            lines.addAll(speed(true));
        }
        List<Traffic> bytes = asked.parts().contains(Part.BYTES) ? List.of(bytes()) : List.of();
        List<Result.Idle> idle = asked.parts().contains(Part.IDLE) ? List.of(idle(false), idle(true)) : List.of();
        List<Result.Goal> goals = Goals.of(lines, bytes, idle);
        print(goals);
        Result result = new Result(run.took(System.nanoTime() - begun), lines, goals, bytes, idle, remarks);
        Json.write(result, asked.out().resolve("remote.json"));
        System.out.println("took " + result.run().seconds() + " s; all of it is in "
                + asked.out().resolve("remote.json"));
        if (asked.page()) {
            Page.write(result, asked.out());
            System.out.println("for people: " + asked.out().resolve("remote.md"));
        }
    }

    private List<Result.Line> speed(boolean tls) throws Exception {
        System.out.println();
        System.out.println(tls ? "over TLS 1.3" : "without TLS");
        Rounds rounds = asked.quick() ? new Rounds(16, 150) : new Rounds(40, 300);
        Map<Stack, Near> stacks = new EnumMap<>(Stack.class);
        List<Result.Line> lines = new ArrayList<>();
        try {
            for (Stack stack : Stack.values()) {
                stacks.put(stack, stack.connect(secrets, tls));
            }
            for (Workload workload : Workload.values()) {
                if (asked.only().matcher(workload.title()).find()) {
                    List<Result.Line> found = rounds.run(workload, tls, stacks);
                    found.forEach(Report::print);
                    lines.addAll(found);
                }
            }
        } finally {
            stacks.forEach((stack, near) -> end(stack, tls, near));
        }
        return lines;
    }

    /** What was measured before stays true if one of them does not shut down. */
    private void end(Stack stack, boolean tls, Near near) {
        try {
            near.close();
        } catch (IOException | RuntimeException failed) {
            remarks.add("%s, %s, did not shut down as it should: %s"
                    .formatted(stack.title(), tls ? "over TLS" : "without TLS", failed));
            System.out.println(remarks.getLast());
        }
    }

    private static void print(Result.Line line) {
        System.out.printf(
                "%-40s %-18s %12s  (%s to %s) %s%n",
                line.workload().title(),
                line.stack().title(),
                Numbers.text(line.median()),
                Numbers.text(line.low()),
                Numbers.text(line.high()),
                line.workload().unit());
    }

    private Traffic bytes() throws Exception {
        Traffic bytes = Ours.bytesOfACall(secrets);
        System.out.println();
        System.out.println("bytes of a call: " + bytes.sent() + " there, " + bytes.received() + " back");
        return bytes;
    }

    private Result.Idle idle(boolean tls) throws IOException, InterruptedException {
        Path file = Files.createTempFile("idle", ".json");
        int runtimes = asked.quick() ? RUNTIMES / 2 : RUNTIMES;
        try (FarJvm jvm = FarJvm.start(
                secrets,
                IdleRuntimes.class,
                String.valueOf(tls),
                String.valueOf(runtimes),
                asked.quick() ? "5" : "30",
                file.toString())) {
            jvm.awaitEnd();
        }
        Result.Idle idle = Json.read(file, Result.Idle.class);
        Files.delete(file);
        System.out.printf(
                "%d runtimes, %d connections%s: %.2f %% of a core, %,d bytes of heap and %,d resident for a connection%n",
                idle.runtimes(),
                idle.connections(),
                tls ? " over TLS" : "",
                idle.percentOfACore(),
                idle.heapBytes(),
                idle.residentBytes());
        return idle;
    }

    private static void print(List<Result.Goal> goals) {
        System.out.println();
        goals.forEach(goal -> System.out.printf(
                "%-75s %8s  %s %s  %s%n",
                goal.figure(),
                Numbers.text(goal.value()),
                goal.atLeast() ? "≥" : "≤",
                Numbers.text(goal.goal()),
                goal.isMet() ? "met" : "MISSED"));
    }
}
