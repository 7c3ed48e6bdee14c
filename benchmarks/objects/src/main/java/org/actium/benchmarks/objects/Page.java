package org.actium.benchmarks.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.actium.benchmarks.runner.Markdown;
import org.actium.benchmarks.runner.Notes;
import org.actium.benchmarks.runner.Numbers;

/**
 * Writes a result for people. What they wrote themselves into the page, between {@code <!-- note: x -->} and
 * {@code <!-- end -->}, stays when it is written anew.
 */
final class Page {

    private static final String FILE = "objects.md";

    private final Result result;
    private final Map<String, String> profiles;
    private final Notes notes;
    private final Markdown page = new Markdown();

    private Page(Result result, Map<String, String> profiles, Notes notes) {
        this.result = result;
        this.profiles = profiles;
        this.notes = notes;
    }

    /** Those of the page that is there, to be read before it is written anew. */
    static Notes notes(Path directory) throws IOException {
        return Notes.of(directory.resolve(FILE));
    }

    /**
     * Writes {@code objects.md}, and {@code overload.svg} beside it.
     *
     * @param profiles what they say, by workload
     */
    static void write(Result result, Map<String, String> profiles, Notes notes, Path directory) throws IOException {
        Files.writeString(directory.resolve(FILE), new Page(result, profiles, notes).markdown());
        if (!result.sweeps().isEmpty()) {
            Files.writeString(directory.resolve("overload.svg"), Chart.svg(charts(result.sweeps())));
        }
    }

    private String markdown() {
        head();
        figures();
        missed();
        memory();
        overload();
        jvms();
        return page.toString();
    }

    private void head() {
        page.add("# Active objects of one runtime, beside their peers");
        page.add("");
        page.add(
                "Written by `./actium benchmark objects --publish`; [objects.json](objects.json) has the same for machines.");
        page.add(
                "Only notes survive the next run. Ours have every guarantee on: causal order, bounded queues, copies, the list");
        page.add("of admitted classes. Peers have their defaults. Only ratios mean something on another machine.");
        page.add("");
        page.add("%s", result.run().text());
    }

    private void figures() {
        if (result.figures().isEmpty()) {
            return;
        }
        page.section("Figures");
        page.add("| | Actium | B/op | of | beside | | B/op | comparison | goal | |");
        page.add("|---|---|---|---|---|---|---|---|---|---|");
        for (Result.Line line : result.figures()) {
            page.add(
                    "| %s | %s %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                    line.figure(),
                    number(line.ours(), line.error()),
                    line.unit(),
                    bytes(line.bytes()),
                    line.allowed() == 0
                            ? ""
                            : line.allowed() + (line.allocation() == Result.Verdict.MISSED ? ", **missed**" : ""),
                    line.peer(),
                    line.peer().isEmpty() ? "" : number(line.peers(), line.peersError()),
                    line.peer().isEmpty() ? "" : bytes(line.peersBytes()),
                    comparison(line),
                    line.goal() == 0 ? "" : line.comparison().describe(line.goal()),
                    verdict(line.verdict()));
        }
        page.add("");
        page.add(
                "± is half of the interval that holds the score with 99.9 %%. B/op: bytes allocated for each operation, by all");
        page.add(
                "threads. Of: what a call may allocate, being its request, its future, one node of a queue (that by which the JDK");
        page.add(
                "queues a virtual thread that wakes up, 24 bytes), and what arguments and result need. Where our processors are");
        page.add("and what we allocate: [profiles](profiles/objects.txt).");
        note("allocation");
        note("services");
    }

    private static String comparison(Result.Line line) {
        return switch (line.comparison()) {
            case TIMES_AS_MUCH, TIMES_AS_FAST -> "**%s ×**".formatted(number(line.value()));
            case BEYOND -> "**%s %s more**".formatted(number(line.value()), line.unit());
            case PAIRED -> "**%.1f ± %.1f %s more**".formatted(line.value(), line.valueError(), line.unit());
            case ALONE -> "";
        };
    }

    private static String verdict(Result.Verdict verdict) {
        return switch (verdict) {
            case MET -> "met";
            case MISSED -> "**missed**";
            case NO_GOAL -> "";
        };
    }

    private void missed() {
        if (result.figures().isEmpty() && result.memory().isEmpty()) {
            return;
        }
        Map<String, String> missed = new LinkedHashMap<>();
        for (Result.Line line : result.figures()) {
            if (line.verdict() == Result.Verdict.MISSED || line.allocation() == Result.Verdict.MISSED) {
                missed.put(line.figure(), profiles.getOrDefault(line.workload(), ""));
            }
        }
        for (Result.IdleMemory memory : result.memory()) {
            if (memory.verdict() == Result.Verdict.MISSED) {
                missed.put("idle object", "");
            }
        }
        page.section("What is missed, and what the profile says");
        if (missed.isEmpty()) {
            page.add("Nothing.");
        }
        missed.forEach((figure, profile) -> {
            page.add("**%s**", figure);
            note(figure);
            if (!profile.isEmpty()) {
                page.add("");
                page.add("```text");
                page.append(profile);
                page.add("```");
            }
        });
    }

    private void memory() {
        if (result.memory().isEmpty()) {
            return;
        }
        page.section("Memory of an idle object");
        page.add("Bytes of each beyond its own fields, after garbage collection, with all of them live.");
        page.add("");
        page.add("| objects | heap | object headers | bytes each | goal | |");
        page.add("|---|---|---|---|---|---|");
        for (Result.IdleMemory memory : result.memory()) {
            page.add(
                    "| %s | %d MiB | %s | %d | %s | %s |",
                    number(memory.objects()),
                    memory.heapMegabytes(),
                    memory.compactHeaders() ? "compact" : "as by default",
                    memory.bytes(),
                    memory.goal() == 0 ? "" : "≤ " + memory.goal(),
                    verdict(memory.verdict()));
        }
        note("memory");
    }

    private void overload() {
        if (result.floods().isEmpty()) {
            return;
        }
        page.section("Overload");
        for (Result.Flood flood : result.floods()) {
            page.add(
                    "A sender makes %s one-way calls, each with a copy of its own of 100 bytes, as fast as it can, to an object"
                            + " that takes a microsecond for each. The queue holds %s. In a heap of %d MiB at most %.0f MiB"
                            + " were live after any full collection; the longest queue seen had %s requests; the sender was held"
                            + " back up to %.1f ms in a call. All %s were served, in %.1f s.",
                    number(flood.calls()),
                    number(flood.capacity()),
                    flood.heapMegabytes(),
                    flood.usedMegabytes(),
                    number(flood.longestQueue()),
                    flood.longestCallMillis(),
                    number(flood.served()),
                    flood.seconds());
        }
        page.add("");
        page.add(
                "Throughput and latency against offered load, of one object that is busy for %.0f µs with each request and has a",
                result.sweeps().getFirst().serviceNanos() / 1e3);
        page.add(
                "queue of %s. Calls are due at fixed moments, and a latency counts from there until the call was served: a sender",
                number(result.sweeps().getFirst().capacity()));
        page.add(
                "that is held back makes it longer. What it has not come to call in 1.5 s is not counted. Microseconds.");
        page.add("");
        page.add("![throughput and latency against offered load](overload.svg)");
        for (Result.Sweep sweep : result.sweeps()) {
            page.add("");
            page.add(
                    "When the queue is full, %s:",
                    sweep.whenFull().equals("block") ? "the sender waits" : "calls are refused");
            page.add("");
            page.add("| offered/s | served/s | refused/s | median | 99 %% | 99.9 %% | longest |");
            page.add("|---|---|---|---|---|---|---|");
            for (Result.Point point : sweep.points()) {
                page.add(
                        "| %s (%.0f %%) | %s | %s | %s | %s | %s | %s |",
                        number(point.offered()),
                        100 * point.share(),
                        number(point.served()),
                        number(point.refused()),
                        number(point.p50()),
                        number(point.p99()),
                        number(point.p999()),
                        number(point.max()));
            }
        }
        note("overload");
    }

    private void jvms() {
        if (result.jvms().isEmpty()) {
            return;
        }
        page.section("Collectors and object headers");
        List<String> workloads =
                result.jvms().stream().map(Result.Jvm::workload).distinct().toList();
        List<String> head = new ArrayList<>(List.of("", "headers"));
        for (String workload : workloads) {
            String unit = result.jvms().stream()
                    .filter(jvm -> jvm.workload().equals(workload))
                    .findFirst()
                    .map(Result.Jvm::unit)
                    .orElse("");
            head.add(workload + ", " + unit);
        }
        page.add("| %s |", String.join(" | ", head));
        page.add("|%s", "---|".repeat(head.size()));
        result.jvms().stream()
                .map(jvm -> List.of(jvm.collector(), String.valueOf(jvm.compactHeaders())))
                .distinct()
                .forEach(kind -> page.add(
                        "| %s | %s | %s |",
                        kind.getFirst(),
                        kind.getLast().equals("true") ? "compact" : "as by default",
                        result.jvms().stream()
                                .filter(jvm -> jvm.collector().equals(kind.getFirst())
                                        && String.valueOf(jvm.compactHeaders()).equals(kind.getLast()))
                                .map(jvm -> number(jvm.score(), jvm.error()))
                                .collect(Collectors.joining(" | "))));
        note("collectors");
    }

    private static List<Chart> charts(List<Result.Sweep> sweeps) {
        List<Chart.Line> throughput = new ArrayList<>();
        List<Chart.Line> latency = new ArrayList<>();
        for (Result.Sweep sweep : sweeps) {
            boolean blocks = sweep.whenFull().equals("block");
            String how = blocks ? "sender waits" : "refused";
            throughput.add(line("served, " + how, "#1f77b4", !blocks, sweep, Result.Point::served));
            if (!blocks) {
                throughput.add(line("refused", "#d62728", true, sweep, Result.Point::refused));
            }
            latency.add(line("median, " + how, "#2ca02c", !blocks, sweep, Result.Point::p50));
            latency.add(line("99 %, " + how, "#ff7f0e", !blocks, sweep, Result.Point::p99));
            latency.add(line("99.9 %, " + how, "#9467bd", !blocks, sweep, Result.Point::p999));
        }
        String offered = "offered, thousand calls per second";
        return List.of(
                new Chart("Throughput", offered, "thousand calls per second", false, throughput),
                new Chart("Latency, from the moment at which a call was due", offered, "µs", true, latency));
    }

    private static Chart.Line line(
            String name, String colour, boolean dashed, Result.Sweep sweep, ToDoubleFunction<Result.Point> value) {
        boolean rate = name.startsWith("served") || name.startsWith("refused");
        return new Chart.Line(
                name,
                colour,
                dashed,
                sweep.points().stream()
                        .map(point ->
                                new Chart.Point(point.offered() / 1e3, value.applyAsDouble(point) / (rate ? 1e3 : 1)))
                        .toList());
    }

    private void note(String name) {
        page.append(notes.get(name));
    }

    private static String bytes(double bytes) {
        return Double.isNaN(bytes) ? "" : number(Math.rint(bytes));
    }

    private static String number(double score, double error) {
        return number(score)
                + (Double.isNaN(error) || error == 0 || score == 0 ? "" : " ± %.0f %%".formatted(100 * error / score));
    }

    /** With as many digits as mean something. */
    static String number(double value) {
        return Numbers.text(value);
    }
}
