package org.actium.benchmarks.objects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures everything in one go and prints each figure beside its peer's, as a ratio: {@code Report [--quick]
 * [--only <figure>] [--out <directory>]}. Writes the same as JSON.
 */
public final class Report {

    private static final String PACKAGE = Report.class.getPackageName() + ".";

    /** What is compared, and the least ratio, better to worse, that we want; 0: shown only. */
    private record Figure(String name, String unit, boolean moreIsBetter, String ours, String peer, double goal) {

        double ratio(double our, double peers) {
            return moreIsBetter ? our / peers : peers / our;
        }
    }

    /** A figure as it was measured. */
    private record Line(
            String figure,
            String unit,
            double ours,
            String peer,
            double peers,
            double ratio,
            double goal,
            double bytes) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure(
                    "one-way, sharing an immutable argument",
                    "calls/s",
                    true,
                    "Calls.oneWayOurs",
                    "Calls.oneWayPekko",
                    1.2),
            new Figure("one-way, copying 100 bytes", "calls/s", true, "Calls.oneWayCopiedOurs", "Calls.oneWayPekko", 0),
            new Figure("one-way, floor", "calls/s", true, "Calls.oneWayOurs", "Calls.oneWayQueue", 0),
            new Figure("call and wait", "calls/s", true, "Calls.callOurs", "Calls.callPekko", 1.5),
            new Figure("call and wait, floor", "calls/s", true, "Calls.callOurs", "Calls.callQueue", 0),
            new Figure("100 outstanding calls", "calls/s", true, "Calls.outstandingOurs", "Calls.outstandingPekko", 2),
            new Figure("creation", "objects/s", true, "Populations.creationOurs", "Populations.creationPekko", 2),
            new Figure("ring of 1000", "hops/s", true, "Populations.ringOurs", "Populations.ringPekko", 0),
            new Figure("fan-out and fan-in, 1000", "calls/s", true, "Populations.fanOurs", "Populations.fanPekko", 0),
            new Figure("skynet 10⁶", "ms", false, "Skynet.skynetOurs", "Skynet.skynetPekko", 1),
            new Figure("deep copy of 1000 elements", "ns", false, "Parts.copyOurs", "Parts.copyJdk", 3),
            new Figure("call through a stub", "ns", false, "Parts.interceptedCall", "Parts.directCall", 0),
            new Figure("stub of a class, warm", "ns", false, "Parts.stubGeneration", "Parts.stubGeneration", 0));

    private final boolean quick;
    private final Pattern only;
    private final Path out;

    private Report(boolean quick, Pattern only, Path out) {
        this.quick = quick;
        this.only = only;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        new Report(
                        words.contains("--quick"),
                        Pattern.compile(after("--only", words).orElse("")),
                        Path.of(after("--out", words).orElse("target")))
                .run();
    }

    private static Optional<String> after(String option, List<String> words) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    private void run() throws RunnerException, IOException, InterruptedException {
        Map<String, RunResult> measured = measure();
        List<Line> lines = new ArrayList<>();
        System.out.printf("%-42s %14s %14s  %7s  %5s  %9s%n", "", "Actium", "peer", "ratio", "goal", "B/op");
        for (Figure figure : FIGURES) {
            RunResult ours = measured.get(figure.ours());
            RunResult peer = measured.get(figure.peer());
            if (ours != null && peer != null) {
                lines.add(line(figure, ours, peer));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", LocalDate.now().toString());
        all.put("java", System.getProperty("java.vm.version"));
        all.put("cores", Runtime.getRuntime().availableProcessors());
        all.put("quick", quick);
        all.put("figures", lines);
        if (only.matcher("memory of an idle object").find()) {
            long bytes = memory();
            System.out.printf(
                    "%-42s %,14d bytes beyond its own fields (goal: at most 300)%n", "memory of an idle object", bytes);
            all.put("idleObjectBytes", bytes);
        }
        Files.createDirectories(out);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(out.resolve("objects.json").toFile(), all);
        System.out.println("also in " + out.resolve("objects.json"));
    }

    private Map<String, RunResult> measure() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(quick ? 1 : 2)
                .warmupTime(TimeValue.seconds(quick ? 1 : 2))
                .warmupIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.seconds(quick ? 1 : 2))
                .measurementIterations(quick ? 3 : 5)
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseParallelGC",
                        "-Xmx4g",
                        "--sun-misc-unsafe-memory-access=allow", // JMH's
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
                .shouldDoGC(true)
                .verbosity(VerboseMode.SILENT);
        boolean any = false;
        for (Figure figure : FIGURES) {
            if (only.matcher(figure.name()).find()) {
                options.include(Pattern.quote(PACKAGE + figure.ours()) + "$");
                options.include(Pattern.quote(PACKAGE + figure.peer()) + "$");
                any = true;
            }
        }
        Map<String, RunResult> results = new TreeMap<>();
        Collection<RunResult> runs = any ? new Runner(options.build()).run() : List.of();
        for (RunResult result : runs) {
            results.put(result.getParams().getBenchmark().substring(PACKAGE.length()), result);
        }
        return results;
    }

    private static Line line(Figure figure, RunResult ours, RunResult peer) {
        double our = ours.getPrimaryResult().getScore();
        double peers = peer.getPrimaryResult().getScore();
        Result<?> allocated = ours.getSecondaryResults().get("gc.alloc.rate.norm");
        double bytes = allocated == null ? Double.NaN : allocated.getScore();
        Line line = new Line(
                figure.name(),
                figure.unit(),
                our,
                figure.peer(),
                peers,
                figure.ratio(our, peers),
                figure.goal(),
                bytes);
        System.out.printf(
                "%-42s %,14.1f %,14.1f  %6.2f×  %5s  %,9.0f  %s%n",
                line.figure(),
                our,
                peers,
                line.ratio(),
                figure.goal() == 0 ? "" : figure.goal() + "×",
                bytes,
                figure.unit());
        return line;
    }

    /** In a JVM of its own, with the heap that a million objects must fit into. */
    private static long memory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseParallelGC",
                        "-Xmx512m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Memory.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String bytes = output.readLine();
            if (process.waitFor() != 0 || bytes == null) {
                throw new IOException("a million objects do not fit into 512 MiB: status " + process.exitValue());
            }
            return Long.parseLong(bytes.strip());
        }
    }
}
