package org.actium.itests.defects;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.actium.simulation.Campaign;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.Strategy;

/**
 * What came of looking for a defect.
 *
 * @param runs how many runs it took, the red one included
 * @param red the first run that was not green; empty if all were
 */
record Hunt(String defect, String scenario, long runs, Duration time, Optional<Outcome> red) {

    private static final int DEPTH = 3;

    /** Runs the scenario with the seeds from 0, with random scheduling and PCT in turns, until a run is not green. */
    static Hunt of(String defect, String name, Scenario scenario, long seeds) {
        long start = System.nanoTime();
        Campaign campaign = Campaign.of(scenario);
        for (long seed = 0; seed < seeds; seed++) {
            Outcome outcome = Simulation.run(campaign.trial(seed), scenario);
            if (isRed(outcome)) {
                return new Hunt(defect, name, seed + 1, since(start), Optional.of(outcome));
            }
            if (seed == 0) { // PCT has to know about how long a run is
                campaign = campaign.strategies(Strategy.random(), Strategy.pct(DEPTH, outcome.steps()));
            }
        }
        return new Hunt(defect, name, seeds, since(start), Optional.empty());
    }

    /** A run is void too if its random faults did not hit, but that says nothing about the code. */
    private static boolean isRed(Outcome outcome) {
        return switch (outcome.verdict()) {
            case PASSED -> false;
            case FAILED -> true;
            case VOID -> outcome.voids().stream().anyMatch(why -> !why.endsWith(" random faults hit"));
        };
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
        return outcome.failure().map(Hunt::how).orElseGet(() -> "void: " + String.join("; ", outcome.voids()));
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
