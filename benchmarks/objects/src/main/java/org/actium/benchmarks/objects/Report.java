package org.actium.benchmarks.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.benchmarks.objects.Jmh.Effort;
import org.actium.benchmarks.runner.Arguments;
import org.actium.benchmarks.runner.Json;
import org.actium.benchmarks.runner.Notes;
import org.actium.benchmarks.runner.Run;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures in one go, prints each figure beside its peer's and writes all as JSON: {@code Report [--quick] [--part
 * <part>,…] [--only <figure>] [--commit <commit>] --out <directory>}; with {@code --page} also for people.
 */
public final class Report {

    /** What measuring may add to the bytes of an operation. */
    private static final double MEASURING = 1.01;

    private static final List<String> JVM = List.of(Jmh.COMPACT, Jmh.PARALLEL);
    private static final int HEAP = 512;
    private static final int IDLE_GOAL = 300;

    /** What can be measured apart. */
    private enum Part {
        FIGURES,
        MEMORY,
        OVERLOAD,
        JVMS,
        PROFILES
    }

    private final Arguments<Part> asked;

    private Report(Arguments<Part> asked) {
        this.asked = asked;
    }

    public static void main(String[] arguments) throws Exception {
        if (!new Report(Arguments.of(Part.class, arguments)).run()) {
            System.exit(1);
        }
    }

    /** Writes what there is after each part, and goes on with the next one if a part fails. @return whether all went well */
    private boolean run() throws IOException, InterruptedException {
        Files.createDirectories(asked.out());
        long begun = System.nanoTime();
        Run run = Run.of(asked, JVM);
        Notes notes = Page.notes(asked.out());
        Result result = Result.nothing(run);
        Map<String, String> profiles = new TreeMap<>();
        boolean well = true;
        for (Part part : new TreeSet<>(asked.parts())) {
            try {
                result = with(result, part, profiles).after(System.nanoTime() - begun);
            } catch (RunnerException | IOException | RuntimeException failed) {
                say(part + " failed, and is left out");
                failed.printStackTrace(System.out);
                well = false;
            }
            Json.write(result, asked.out().resolve("objects.json"));
            if (asked.page()) {
                Page.write(result, profiles, notes, asked.out());
            }
        }
        System.out.println("took " + result.run().seconds() + " s; all of it is in "
                + asked.out().resolve("objects.json"));
        if (asked.page()) {
            System.out.println("for people: " + asked.out().resolve("objects.md"));
        }
        return well;
    }

    /** @param profiles by workload; those of the part come in here */
    private Result with(Result before, Part part, Map<String, String> profiles)
            throws RunnerException, IOException, InterruptedException {
        return switch (part) {
            case FIGURES -> before.with(figures());
            case MEMORY -> before.withMemory(memory());
            case OVERLOAD -> before.with(overload());
            case JVMS -> before.withJvms(jvms());
            case PROFILES -> {
                profiles.putAll(profiles());
                yield before;
            }
        };
    }

    private static void say(String what) {
        System.out.println();
        System.out.println(what);
    }

    // ---- figures

    private List<Result.Line> figures() throws RunnerException, IOException, InterruptedException {
        say("figures");
        List<Figure> chosen = chosen();
        Map<String, Jmh.Score> scores = new TreeMap<>();
        Effort effort = asked.quick() ? new Effort(1, 2, 3, 1) : new Effort(3, 3, 4, 1);
        Effort little = asked.quick() ? new Effort(1, 2, 2, 1) : new Effort(1, 3, 5, 1);
        Effort often = asked.quick() ? effort : new Effort(4, 10, 10, 1); // both get faster up to the tenth shot
        scores.putAll(Jmh.run(benchmarks(chosen, name -> isCompared(name) && !isShot(name)), effort, JVM));
        scores.putAll(Jmh.run(benchmarks(chosen, name -> isCompared(name) && isShot(name)), often, JVM));
        scores.putAll(Jmh.run(benchmarks(chosen, name -> !isCompared(name) && !isAnnotated(name)), little, JVM));
        scores.putAll(Jmh.runAsAnnotated(benchmarks(chosen, Report::isAnnotated), JVM));
        System.out.printf(
                "%-40s %15s %15s %11s  %-14s %9s  beside%n", "", "Actium", "peer", "comparison", "goal", "B/op");
        List<Result.Line> lines = new ArrayList<>();
        for (Figure figure : chosen) {
            Result.Line line =
                    figure.comparison() == Figure.Comparison.PAIRED ? paired(figure, scores) : line(figure, scores);
            print(line);
            lines.add(line);
        }
        return lines;
    }

    private List<Figure> chosen() {
        return Figure.ALL.stream()
                .filter(figure -> asked.only().matcher(figure.name()).find())
                .toList();
    }

    /** Ours and its peer's, of which the ratio counts; the others are floors and parts. */
    private static boolean isCompared(String benchmark) {
        return benchmark.endsWith("Ours") || benchmark.endsWith("Pekko");
    }

    /** Once, and not for a second: differs most from one time to the next. */
    private static boolean isShot(String benchmark) {
        return benchmark.startsWith("Skynet.");
    }

    private static boolean isAnnotated(String benchmark) {
        return benchmark.startsWith("FirstUse.");
    }

    private static Set<String> benchmarks(List<Figure> figures, Predicate<String> which) {
        return figures.stream()
                .flatMap(figure -> Stream.of(figure.ours(), figure.peer()))
                .filter(name -> !name.isEmpty() && which.test(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Result.Line line(Figure figure, Map<String, Jmh.Score> scores) {
        Jmh.Score ours = scores.get(figure.ours());
        Jmh.Score peer = figure.hasPeer() ? scores.get(figure.peer()) : new Jmh.Score(0, 0, 0);
        double value = figure.comparison().of(ours.value(), peer.value());
        return new Result.Line(
                figure.name(),
                figure.workload(),
                figure.unit(),
                ours.value(),
                finite(ours.error()),
                figure.peerName(),
                peer.value(),
                finite(peer.error()),
                figure.comparison(),
                value,
                0,
                figure.goal(),
                verdict(figure.goal(), figure.comparison().meets(value, figure.goal())),
                finite(ours.bytes()),
                finite(peer.bytes()),
                figure.allowed(),
                verdict(figure.allowed(), ours.bytes() <= figure.allowed() * MEASURING));
    }

    /** The scores say what is allocated. */
    private Result.Line paired(Figure figure, Map<String, Jmh.Score> scores) throws IOException, InterruptedException {
        ServiceCost.Other other = ServiceCost.Other.of(figure.ours());
        ServiceCost.Difference measured = ServiceCost.measure(asked.quick() ? 1 : 3, 0.4, other, JVM);
        double bytes = finite(scores.get(figure.ours()).bytes());
        double peersBytes = finite(scores.get(figure.peer()).bytes());
        return new Result.Line(
                figure.name(),
                figure.workload(),
                figure.unit(),
                measured.with(),
                0,
                figure.peerName(),
                measured.without(),
                0,
                figure.comparison(),
                measured.difference(),
                measured.error(),
                figure.goal(),
                verdict(
                        figure.goal(),
                        figure.comparison().meets(measured.difference() + measured.error(), figure.goal())),
                bytes,
                peersBytes,
                figure.allowed(),
                verdict(figure.allowed(), bytes <= figure.allowed() * MEASURING));
    }

    /** JMH has no error for a few single shots, and counts bytes only where it can. */
    private static double finite(double error) {
        return Double.isFinite(error) ? error : 0;
    }

    private static Result.Verdict verdict(double goal, boolean met) {
        if (goal == 0) {
            return Result.Verdict.NO_GOAL;
        }
        return met ? Result.Verdict.MET : Result.Verdict.MISSED;
    }

    private static void print(Result.Line line) {
        System.out.printf(
                "%-40s %15s %15s %11s  %-14s %9s  %s%n",
                line.figure() + ", " + line.unit(),
                Page.number(line.ours()),
                line.peer().isEmpty() ? "" : Page.number(line.peers()),
                line.valueError() == 0
                        ? Page.number(line.value())
                        : "%.1f ± %.1f".formatted(line.value(), line.valueError()),
                line.goal() == 0 ? "" : line.comparison().describe(line.goal()) + " " + line.verdict(),
                Page.number(Math.rint(line.bytes())),
                line.peer());
    }

    // ---- the other parts

    /** A million objects in the heap that they must fit into, with both kinds of object headers. */
    private List<Result.IdleMemory> memory() throws IOException, InterruptedException {
        say("memory of an idle object");
        List<Result.IdleMemory> rows = new ArrayList<>();
        int objects = asked.quick() ? Memory.OBJECTS / 10 : Memory.OBJECTS;
        for (boolean compact : new boolean[] {true, false}) {
            List<String> lines = ChildJvm.run(
                    Memory.class,
                    List.of(headers(compact), Jmh.PARALLEL, "-Xmx" + HEAP + "m"),
                    String.valueOf(objects));
            long bytes = Long.parseLong(lines.getLast().strip());
            int goal = compact ? IDLE_GOAL : 0;
            System.out.printf("%,d objects, %s: %d bytes each%n", objects, headers(compact), bytes);
            rows.add(new Result.IdleMemory(compact, objects, bytes, HEAP, goal, verdict(goal, bytes <= goal)));
        }
        return rows;
    }

    private static String headers(boolean compact) {
        return "-XX:" + (compact ? "+" : "-") + "UseCompactObjectHeaders";
    }

    private Result.Overload overload() throws IOException, InterruptedException {
        say("overload");
        Path file = Files.createTempFile("overload", ".json");
        ChildJvm.run(
                OverloadRun.class,
                List.of(Jmh.COMPACT, Jmh.PARALLEL, "-Xmx128m"),
                file.toString(),
                asked.quick() ? "--quick" : "--full");
        Result.Overload overload = Json.read(file, Result.Overload.class);
        Files.delete(file);
        for (Result.Flood flood : overload.floods()) {
            System.out.printf(
                    "%,d calls in %.1f s: at most %.0f MiB live, %,d queued, sender held back up to %.1f ms%n",
                    flood.calls(),
                    flood.seconds(),
                    flood.usedMegabytes(),
                    flood.longestQueue(),
                    flood.longestCallMillis());
        }
        for (Result.Sweep sweep : overload.sweeps()) {
            System.out.printf(
                    "%-6s %10s %10s %10s %10s %10s%n",
                    sweep.whenFull(), "offered", "served", "refused", "50 %", "99 %");
            sweep.points()
                    .forEach(point -> System.out.printf(
                            "%6.0f %% %,8.0f %,10.0f %,10.0f %,10.0f %,10.0f%n",
                            100 * point.share(),
                            point.offered(),
                            point.served(),
                            point.refused(),
                            point.p50(),
                            point.p99()));
        }
        return overload;
    }

    private List<Result.Jvm> jvms() throws RunnerException {
        say("collectors and object headers");
        List<Figure> workloads = Stream.of("Calls.oneWayOurs", "Calls.outstandingOurs", "Skynet.skynetOurs")
                .map(Report::figure)
                .filter(figure -> asked.only().matcher(figure.name()).find())
                .toList();
        Effort effort = asked.quick() ? new Effort(1, 1, 1, 1) : new Effort(1, 2, 4, 1);
        List<Result.Jvm> rows = new ArrayList<>();
        for (String collector : List.of("Parallel", "G1", "Z")) {
            for (boolean compact : new boolean[] {true, false}) {
                List<String> jvm = List.of(headers(compact), "-XX:+Use" + collector + "GC");
                Map<String, Jmh.Score> scores =
                        Jmh.run(workloads.stream().map(Figure::ours).toList(), effort, jvm);
                for (Figure workload : workloads) {
                    Jmh.Score score = scores.get(workload.ours());
                    rows.add(new Result.Jvm(
                            collector + "GC",
                            compact,
                            workload.name(),
                            workload.unit(),
                            score.value(),
                            finite(score.error())));
                    System.out.printf(
                            "%s %s: %s %s%n", jvm, workload.name(), Page.number(score.value()), workload.unit());
                }
            }
        }
        return rows;
    }

    private static Figure figure(String ours) {
        return Figure.ALL.stream()
                .filter(figure -> figure.ours().equals(ours))
                .findFirst()
                .orElseThrow();
    }

    /** Of our side only, all that is measured elsewhere in this run. @return what they say, by workload */
    private Map<String, String> profiles() throws RunnerException, IOException, InterruptedException {
        say("profiles");
        Path recordings = Files.createTempDirectory("recordings");
        StringBuilder text = new StringBuilder(
                "Where processors are and what is allocated, by flight recordings of each workload of objects.md.\n"
                        + "Commit " + asked.commit() + ", " + LocalDate.now() + ", " + String.join(" ", JVM) + "\n");
        Map<String, String> summaries = new TreeMap<>();
        Effort effort = asked.quick() ? new Effort(1, 1, 1, 1) : new Effort(1, 1, 2, 1);
        Set<String> workloads =
                chosen().stream().map(Figure::ours).collect(Collectors.toCollection(LinkedHashSet::new));
        for (String workload : workloads) {
            Path own = Files.createDirectory(recordings.resolve(workload));
            if (isAnnotated(workload)) {
                Jmh.recordAsAnnotated(List.of(workload), JVM, own);
            } else {
                Jmh.record(List.of(workload), effort, JVM, own);
            }
            summaries.put(workload.replaceFirst("Ours$", ""), Profiles.summary(own));
            text.append("\n## ").append(workload).append('\n').append(Profiles.summary(own));
        }
        for (Class<?> main : List.of(Memory.class, OverloadRun.class)) {
            Path own = Files.createDirectory(recordings.resolve(main.getSimpleName()));
            flight(main, own);
            text.append("\n## ").append(main.getSimpleName()).append('\n').append(Profiles.summary(own));
        }
        Path file = Files.createDirectories(asked.out().resolve("profiles")).resolve("objects.txt");
        Files.writeString(file, text);
        System.out.println(file);
        return summaries;
    }

    /** Records the parts that have a JVM of their own, in their small sizes. */
    private static void flight(Class<?> main, Path directory) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(JVM);
        options.add("-XX:StartFlightRecording=settings=profile,filename=" + directory.resolve("flight.jfr"));
        options.add("-Xlog:jfr+startup=off");
        if (main == Memory.class) {
            options.add("-Xmx" + HEAP + "m");
            ChildJvm.run(main, options, String.valueOf(Memory.OBJECTS / 2)); // leaves room for the recorder
        } else {
            options.add("-Xmx256m");
            Path result = Files.createTempFile("overload", ".json");
            ChildJvm.run(main, options, result.toString(), "--quick");
            Files.delete(result);
        }
    }
}
