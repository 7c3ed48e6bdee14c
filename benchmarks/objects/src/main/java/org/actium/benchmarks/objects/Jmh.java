package org.actium.benchmarks.objects;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks of this package. */
final class Jmh {

    static final String PARALLEL = "-XX:+UseParallelGC";
    static final String COMPACT = "-XX:+UseCompactObjectHeaders";

    private static final String PACKAGE = Jmh.class.getPackageName() + ".";

    /** How often and how long. */
    record Effort(int forks, int warmUps, int iterations, int seconds) {}

    /** @param bytes allocated for each operation; not a number if nobody counted */
    record Score(double value, double error, double bytes) {}

    private Jmh() {}

    /** @param benchmarks as class and method */
    static Map<String, Score> run(Collection<String> benchmarks, Effort effort, List<String> jvm)
            throws RunnerException {
        return scores(
                benchmarks,
                options(jvm)
                        .forks(effort.forks())
                        .warmupIterations(effort.warmUps())
                        .warmupTime(TimeValue.seconds(effort.seconds()))
                        .measurementIterations(effort.iterations())
                        .measurementTime(TimeValue.seconds(effort.seconds()))
                        .addProfiler(GCProfiler.class));
    }

    /** As their annotations say; they know better than to collect garbage before each shot, after which code is cold. */
    static Map<String, Score> runAsAnnotated(Collection<String> benchmarks, List<String> jvm) throws RunnerException {
        return scores(benchmarks, options(jvm).shouldDoGC(false).addProfiler(GCProfiler.class));
    }

    /** Records a flight of each, into a file of its own somewhere below the directory. */
    static void record(Collection<String> benchmarks, Effort effort, List<String> jvm, Path directory)
            throws RunnerException {
        scores(
                benchmarks,
                options(jvm)
                        .forks(effort.forks())
                        .warmupIterations(effort.warmUps())
                        .warmupTime(TimeValue.seconds(effort.seconds()))
                        .measurementIterations(effort.iterations())
                        .measurementTime(TimeValue.seconds(effort.seconds()))
                        .addProfiler(JavaFlightRecorderProfiler.class, "configName=profile;dir=" + directory));
    }

    /** As {@link #record}, with forks and shots as their annotations say. */
    static void recordAsAnnotated(Collection<String> benchmarks, List<String> jvm, Path directory)
            throws RunnerException {
        scores(
                benchmarks,
                options(jvm)
                        .shouldDoGC(false)
                        .addProfiler(JavaFlightRecorderProfiler.class, "configName=profile;dir=" + directory));
    }

    private static ChainedOptionsBuilder options(List<String> jvm) {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(List.of(
                "-Xmx4g",
                "--sun-misc-unsafe-memory-access=allow", // JMH's
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        return new OptionsBuilder()
                .jvmArgs(all.toArray(String[]::new))
                .shouldDoGC(true)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static Map<String, Score> scores(Collection<String> benchmarks, ChainedOptionsBuilder options)
            throws RunnerException {
        Map<String, Score> scores = new TreeMap<>();
        if (benchmarks.isEmpty()) {
            return scores;
        }
        benchmarks.forEach(name -> options.include("^" + Pattern.quote(PACKAGE + name) + "$"));
        for (RunResult run : new Runner(options.build()).run()) {
            Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
            scores.put(
                    run.getParams().getBenchmark().substring(PACKAGE.length()),
                    new Score(
                            typical(run),
                            run.getPrimaryResult().getScoreError(),
                            allocated == null ? Double.NaN : allocated.getScore()));
        }
        return scores;
    }

    /** Single shots differ by more than chance, so that the one in the middle says more than the mean. */
    private static double typical(RunResult run) {
        return run.getParams().getMode() == Mode.SingleShotTime
                ? run.getPrimaryResult().getStatistics().getPercentile(50)
                : run.getPrimaryResult().getScore();
    }
}
