package org.actium.benchmarks.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actium.benchmarks.runner.Markdown;
import org.actium.benchmarks.runner.Notes;
import org.actium.benchmarks.runner.Numbers;

/** Writes a result for people. */
final class Page {

    private final Result result;
    private final Notes notes;
    private final Markdown page = new Markdown();

    private Page(Result result, Notes notes) {
        this.result = result;
        this.notes = notes;
    }

    /** Writes {@code remote.md}. */
    static void write(Result result, Path directory) throws IOException {
        Path file = directory.resolve("remote.md");
        Files.writeString(file, new Page(result, Notes.of(file)).markdown());
    }

    private String markdown() {
        head();
        goals();
        speed();
        bytes();
        idle();
        return page.toString();
    }

    private void head() {
        page.add("# Calls between two JVMs, beside their peers");
        page.add("");
        page.add(
                "Written by `./actium benchmark remote --publish`; [remote.json](remote.json) has the same for machines. Only notes");
        page.add(
                "survive the next run. Two JVMs over loopback. Ours have every guarantee on: causal order, bounded queues, the list");
        page.add(
                "of admitted classes. Peers have their defaults, and all take turns. Only ratios mean something on another machine.");
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
        page.add("| | | without TLS | TLS 1.3 |");
        page.add("|---|---|---|---|");
        for (Workload workload : Workload.values()) {
            for (Stack stack : Stack.values()) {
                if (!of(workload, stack).isEmpty()) {
                    page.add(
                            "| %s, %s | %s | %s | %s |",
                            workload.title(),
                            workload.unit(),
                            stack.title(),
                            cell(workload, stack, false),
                            cell(workload, stack, true));
                }
            }
        }
        page.add("");
        page.add(
                "All warmed up until none became faster. The round in the middle, and between which half of the rounds were.");
        page.add(
                "Bare sockets: a length and bytes, nobody copies or looks at them. Pekko gets a text instead of two arguments.");
        page.add("Of large arguments, %d are under way at once.", Workload.STREAMED);
        if (!result.remarks().isEmpty()) {
            page.add("");
            result.remarks().forEach(remark -> page.add("* %s", remark));
        }
        page.append(notes.get("speed"));
    }

    private List<Result.Line> of(Workload workload, Stack stack) {
        return result.lines().stream()
                .filter(line -> line.workload() == workload && line.stack() == stack)
                .toList();
    }

    private String cell(Workload workload, Stack stack, boolean tls) {
        return of(workload, stack).stream()
                .filter(line -> line.tls() == tls)
                .map(line -> "%s (%s to %s)"
                        .formatted(Numbers.text(line.median()), Numbers.text(line.low()), Numbers.text(line.high())))
                .findFirst()
                .orElse("");
    }

    private void bytes() {
        if (result.bytesOfACall().isEmpty()) {
            return;
        }
        page.section("Bytes on the wire");
        for (Traffic bytes : result.bytesOfACall()) {
            page.add(
                    "A call with (int, String of 10) over a warm connection takes %d bytes there, and %d back with the result",
                    bytes.sent(), bytes.received());
            page.add("and the acknowledgement: frames with their lengths, without what TLS and TCP add.");
        }
    }

    private void idle() {
        if (result.idle().isEmpty()) {
            return;
        }
        page.section("Idle connections");
        page.add("All runtimes are in one JVM; a connection has both of its ends there.");
        page.add("");
        page.add("| runtimes | connections | | %% of a core | heap of a connection | resident |");
        page.add("|---|---|---|---|---|---|");
        for (Result.Idle idle : result.idle()) {
            page.add(
                    "| %d | %d | %s | %s | %s KiB | %s KiB |",
                    idle.runtimes(),
                    idle.connections(),
                    idle.tls() ? "TLS 1.3" : "without TLS",
                    Numbers.text(idle.percentOfACore()),
                    Numbers.text(idle.heapBytes() / 1024.0),
                    Numbers.text(idle.residentBytes() / 1024.0));
        }
        page.append(notes.get("idle"));
    }
}
