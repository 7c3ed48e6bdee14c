package org.actium.benchmarks.ft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actium.benchmarks.runner.Markdown;
import org.actium.benchmarks.runner.Notes;
import org.actium.benchmarks.runner.Numbers;

/** Writes a result for people. */
final class Page {

    private static final double MIB = 1 << 20;

    private final Result result;
    private final Notes notes;
    private final Markdown page = new Markdown();

    private Page(Result result, Notes notes) {
        this.result = result;
        this.notes = notes;
    }

    /** Writes {@code ft.md}. */
    static void write(Result result, Path directory) throws IOException {
        Path file = directory.resolve("ft.md");
        Files.writeString(file, new Page(result, Notes.of(file)).markdown());
    }

    private String markdown() {
        head();
        goals();
        speed();
        recovery();
        pauses();
        growth();
        return page.toString();
    }

    private void head() {
        page.add("# What fault tolerance costs");
        page.add("");
        page.add(
                "Written by `./actium benchmark ft --publish`; [ft.json](ft.json) has the same for machines. Only notes survive the");
        page.add(
                "next run. Objects in two JVMs over loopback, without TLS, with fault tolerance `pml` and with none, which take turns.");
        page.add(
                "Both are causally ordered. The server is in a third JVM, its store an SQLite file of which each commit is synced.");
        page.add(
                "There is no commit interval: a transaction takes what has come while the one before was written. On this disk (%s)",
                result.disk().fileSystem());
        page.add(
                "a commit of 1 KiB alone takes %s µs, and one in twenty more than %s µs. Unless said, a TTC is %d s.",
                Numbers.text(result.disk().commitMicros()),
                Numbers.text(result.disk().slowCommitMicros()),
                Cluster.TTC.toSeconds());
        page.add("");
        page.add("%s", result.run().text());
    }

    private void goals() {
        page.section("Goals");
        page.add("| | | goal | |");
        page.add("|---|---|---|---|");
        for (Result.Goal goal : result.goals()) {
            page.add(
                    "| %s | **%s** | %s %s | %s |",
                    goal.figure(),
                    Numbers.text(goal.value()),
                    goal.atLeast() ? "≥" : "≤",
                    Numbers.text(goal.goal()),
                    goal.isMet() ? "met" : "**missed**");
        }
        page.append(notes.get("goals"));
    }

    private void speed() {
        if (result.lines().isEmpty()) {
            return;
        }
        page.section("Speed");
        page.add("| | none | pml |");
        page.add("|---|---|---|");
        for (Workload workload : Workload.values()) {
            List<Result.Line> lines = result.lines().stream()
                    .filter(line -> line.workload() == workload)
                    .toList();
            if (!lines.isEmpty()) {
                page.add(
                        "| %s, %s | %s | %s |",
                        workload.title(), workload.unit(), cell(lines, Protection.NONE), cell(lines, Protection.PML));
            }
        }
        page.add("");
        page.add(
                "The round in the middle of %d, and between which half of the rounds were, after all had warmed up until none",
                result.lines().getFirst().rounds());
        page.add(
                "became faster. Bodies tell each other in each iteration where they are, %d messages; those of %d points compute as",
                Bodies.COUNT * (Bodies.COUNT - 1), Workload.POINTS);
        page.add(
                "much as %d bodies. One-way calls go out in floods of %d, of which the last is called and waited for; the",
                Bodies.COUNT * Workload.POINTS, Workload.FLOOD);
        page.add("latency is that of one object that calls another and does nothing else: two messages.");
        page.append(notes.get("speed"));
    }

    private static String cell(List<Result.Line> lines, Protection protection) {
        return lines.stream()
                .filter(line -> line.protection() == protection)
                .map(line -> "%s (%s to %s)"
                        .formatted(Numbers.text(line.median()), Numbers.text(line.low()), Numbers.text(line.high())))
                .findFirst()
                .orElse("");
    }

    private void recovery() {
        for (Result.Recovery recovery : result.recovery()) {
            page.section("Recovery");
            page.add(
                    "An object with %s MiB of state is called without a pause, and its JVM killed with SIGKILL, %d times. A JVM is given up",
                    Numbers.text(Kills.STATE_BYTES / MIB), recovery.served().size());
            page.add("after %d ms, a TTC is %d ms.", Cluster.PATIENCE.toMillis(), Kills.TTC.toMillis());
            page.add("");
            page.add("| ms | middle | 95 %% | longest |");
            page.add("|---|---|---|---|");
            spread("from the kill until the JVM was given up", recovery.detected());
            spread("from there until a reply was there again", recovery.served());
            page.append(notes.get("recovery"));
        }
    }

    private void spread(String what, List<Double> figures) {
        page.add(
                "| %s | %s | %s | %s |",
                what,
                Numbers.text(Statistics.median(figures)),
                Numbers.text(Statistics.quantile(figures, 0.95)),
                Numbers.text(Statistics.quantile(figures, 1)));
    }

    private void pauses() {
        if (result.pauses().isEmpty()) {
            return;
        }
        page.section("Pauses");
        page.add(
                "Between two services, the second of which waits already, if a checkpoint is taken there; every %d ms.",
                Pauses.TTC.toMillis());
        page.add("");
        page.add(
                "| state | MiB | without a checkpoint, ms | middle of %d | 95 %% |",
                result.pauses().getFirst().millis().size());
        page.add("|---|---|---|---|---|");
        for (Result.Pause pause : result.pauses()) {
            page.add(
                    "| %s | %s | %s | %s | %s |",
                    pause.shape().title(),
                    Numbers.text(pause.bytes() / MIB),
                    Numbers.text(pause.otherwise()),
                    Numbers.text(Statistics.median(pause.millis())),
                    Numbers.text(Statistics.quantile(pause.millis(), 0.95)));
        }
        page.append(notes.get("pauses"));
    }

    private void growth() {
        for (Result.Growth load : result.growth()) {
            page.section("Store");
            page.add(
                    "Two objects with %s MiB of state each, of which one floods the other; a TTC is %d s. The file and its write-ahead log.",
                    Numbers.text(Load.STATE_BYTES / MIB), Load.TTC.toSeconds());
            page.add("");
            page.add("| | MiB |");
            page.add("|---|---|");
            page.add(
                    "| log of one TTC, of %d in which %d messages came | %s |",
                    load.ttcs(), load.messages(), Numbers.text(load.logOfOneTtc() / MIB));
            page.add("| two states and that | %s |", Numbers.text(load.bound() / MIB));
            page.add("| store at the end | %s |", Numbers.text(load.end() / MIB));
            page.add("| store at its largest | %s |", Numbers.text(load.most() / MIB));
            page.append(notes.get("store"));
        }
    }
}
