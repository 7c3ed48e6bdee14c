package org.actium.itests.defects;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Shortfall;
import org.actium.simulation.Simulation;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Failure;

/**
 * What came of looking for a defect.
 *
 * @param runs how many runs it took, the red one included
 * @param red the run that ended it; empty if none did
 */
record Hunt(String defect, String scenario, long runs, Duration time, Optional<Outcome> red) {

    /**
     * Until a run fails as the defect says it does. A void one says nothing: what is not done cannot be done wrong; one
     * that fails otherwise says nothing either.
     */
    static Hunt forDefect(Defect defect, String name, Scenario scenario, LongStream seeds) {
        return of(
                defect.name(),
                name,
                scenario,
                seeds,
                outcome -> outcome.failure().filter(defect::explains).isPresent());
    }

    /** Through the code as it is, until a run fails or is void. */
    static Hunt forAnything(String name, Scenario scenario, long seeds) {
        return of("none", name, scenario, LongStream.range(0, seeds), outcome -> outcome.verdict() != Verdict.PASSED);
    }

    /** Runs the scenario with these seeds, each as a campaign has it. */
    private static Hunt of(String defect, String name, Scenario scenario, LongStream seeds, Predicate<Outcome> isRed) {
        long start = System.nanoTime();
        Campaign campaign = Campaign.of(scenario);
        long runs = 0;
        for (long seed : (Iterable<Long>) seeds.boxed()::iterator) {
            Outcome outcome = Simulation.run(campaign.trial(seed), scenario);
            runs++;
            if (isRed.test(outcome)) {
                return new Hunt(defect, name, runs, since(start), Optional.of(outcome));
            }
        }
        return new Hunt(defect, name, runs, since(start), Optional.empty());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static String tableHead() {
        return "| defect | scenario | seed | strategy | runs | seconds | noticed as |\n|---|---|---|---|---|---|---|\n";
    }

    String tableRow() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.1f | %s |\n",
                defect,
                scenario,
                red.map(outcome -> Long.toString(outcome.seed())).orElse("–"),
                red.map(outcome -> outcome.trial().strategy().toString()).orElse("–"),
                runs,
                time.toMillis() / 1000.0,
                red.map(Hunt::how).orElse("not noticed"));
    }

    private static String how(Outcome outcome) {
        return outcome.failure()
                .map(Hunt::how)
                .orElseGet(() ->
                        outcome.voids().stream().map(Shortfall::text).collect(Collectors.joining("; ", "void: ", "")));
    }

    private static String how(Failure failure) {
        return switch (failure) {
            case Failure.Violation(var oracle, var what, var event) -> oracle + ": " + what;
            case Failure.Uncaught(var thread, var cause) -> "uncaught " + cause;
            case Failure.Escape(var what, var advice, var stack) -> "escape: " + what;
            case Failure.Endless endless -> endless.kind();
            case Failure.Stuck stuck -> stuck.kind();
        };
    }
}
