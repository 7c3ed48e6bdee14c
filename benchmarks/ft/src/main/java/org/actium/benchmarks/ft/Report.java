package org.actium.benchmarks.ft;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.actium.benchmarks.runner.Arguments;
import org.actium.benchmarks.runner.Json;
import org.actium.benchmarks.runner.Numbers;
import org.actium.benchmarks.runner.Run;

/**
 * Measures what fault tolerance costs in one go, prints each figure beside the same without it and writes all as JSON:
 * {@code Report [--quick] [--part <part>,…] [--only <workload>] [--commit <commit>] --out <directory>}; with {@code --page}
 * also for people. The store is where temporary files are.
 */
public final class Report {

    private final Arguments<Part> asked;

    /** What can be measured apart. */
    private enum Part {
        SPEED,
        RECOVERY,
        PAUSE,
        STORE
    }

    private Report(Arguments<Part> asked) {
        this.asked = asked;
    }

    public static void main(String[] arguments) throws Exception {
        new Report(Arguments.of(Part.class, arguments)).run();
    }

    private void run() throws Exception {
        Files.createDirectories(asked.out());
        long begun = System.nanoTime();
        Run run = Run.of(asked, Worker.OPTIONS);
        Result.Disk disk = DiskSpeed.measure();
        System.out.printf(
                "disk: %s, a commit of 1 KiB alone takes %s µs, one in twenty more than %s%n%n",
                disk.fileSystem(), Numbers.text(disk.commitMicros()), Numbers.text(disk.slowCommitMicros()));
        List<Result.Line> lines = isAsked(Part.SPEED) ? speed() : List.of();
        List<Result.Recovery> recovery = isAsked(Part.RECOVERY) ? List.of(recovery()) : List.of();
        List<Result.Pause> pauses = isAsked(Part.PAUSE) ? pauses() : List.of();
        List<Result.Growth> growth = isAsked(Part.STORE) ? List.of(growth()) : List.of();
        List<Result.Goal> goals = Goals.of(lines, recovery, pauses, growth);
        print(goals);
        Result result = new Result(run.took(System.nanoTime() - begun), disk, lines, recovery, pauses, growth, goals);
        Json.write(result, asked.out().resolve("ft.json"));
        System.out.println("took " + result.run().seconds() + " s; all of it is in "
                + asked.out().resolve("ft.json"));
        if (asked.page()) {
            Page.write(result, asked.out());
            System.out.println("for people: " + asked.out().resolve("ft.md"));
        }
    }

    private boolean isAsked(Part part) {
        return asked.parts().contains(part);
    }

    private List<Result.Line> speed() throws Exception {
        Turns turns = asked.quick() ? new Turns(3, 2) : new Turns(12, 6);
        try (Trials trials = Trials.start(turns, asked.quick() ? 300_000_000 : 500_000_000)) {
            return trials.run(asked.only(), Report::print);
        }
    }

    private static void print(Result.Line line) {
        System.out.printf(
                "%-55s %-5s %12s  (%s to %s) %s%n",
                line.workload().title(),
                line.protection().title(),
                Numbers.text(line.median()),
                Numbers.text(line.low()),
                Numbers.text(line.high()),
                line.workload().unit());
    }

    private Result.Recovery recovery() throws Exception {
        Result.Recovery recovery = Kills.measure(asked.quick() ? 3 : 20);
        System.out.printf(
                "%nms from kill to detection: %s%nms from detection to the first reply: %s%n",
                texts(recovery.detected()), texts(recovery.served()));
        return recovery;
    }

    private static String texts(List<Double> figures) {
        return figures.stream().map(Numbers::text).collect(Collectors.joining(" "));
    }

    private List<Result.Pause> pauses() throws Exception {
        List<Result.Pause> pauses = new ArrayList<>();
        for (Ballast.Shape shape : Ballast.Shape.values()) {
            Result.Pause pause = Pauses.measure(shape, asked.quick() ? 4 : 20);
            pauses.add(pause);
            System.out.printf(
                    "pauses for checkpoints of %,d bytes, %s: %s ms; otherwise %s ms%n",
                    pause.bytes(), shape.title(), texts(pause.millis()), Numbers.text(pause.otherwise()));
        }
        return pauses;
    }

    private Result.Growth growth() throws Exception {
        Result.Growth growth = Load.measure(asked.quick() ? 4 : 20);
        System.out.printf(
                "store after %d TTC and %,d messages: %,d bytes, at most %,d; two states and the log of one TTC are %,d%n",
                growth.ttcs(), growth.messages(), growth.end(), growth.most(), growth.bound());
        return growth;
    }

    private static void print(List<Result.Goal> goals) {
        System.out.println();
        goals.forEach(goal -> System.out.printf(
                "%-95s %8s  %s %s  %s%n",
                goal.figure(),
                Numbers.text(goal.value()),
                goal.atLeast() ? "≥" : "≤",
                Numbers.text(goal.goal()),
                goal.isMet() ? "met" : "MISSED"));
    }
}
