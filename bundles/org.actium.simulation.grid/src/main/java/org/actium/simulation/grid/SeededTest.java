package org.actium.simulation.grid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.CampaignSummary;
import org.actium.simulation.FailureMinimiser;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Turns;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.Limits;
import org.junit.AssumptionViolatedException;
import org.junit.runners.model.Statement;

/** Runs one test once for each seed; the first run that is red ends it, one whose assumption fails is skipped. */
final class SeededTest {

    /** A run that gets there goes on for ever. */
    private static final long MOST_STEPS = 10_000_000;

    /** How many steps a failure is worth to be made smaller; some twenty seconds. */
    private static final long STEPS_TO_MINIMISE = 1_500_000;

    private static final int RUNS_TO_MINIMISE = 100;

    private final Statement test;
    private final String name;
    private final Conditions conditions;
    private final Consumer<GridRun> begins;
    private final Stubs stubs = new StubFactory();
    private final Map<String, Boolean> sometimes = new LinkedHashMap<>();
    private final Turns turns;
    private final CampaignSummary summary = new CampaignSummary();

    /**
     * What is the same in all runs.
     *
     * @param kills how many hosts die while the test runs
     * @param virtualTime how long a run lasts at most
     */
    record Conditions(List<String> hosts, int kills, Duration virtualTime) {}

    private record Run(Outcome outcome, GridRun grid, String printed) {}

    /**
     * @param turns which strategy each seed gets
     * @param begins is told of each run before it begins
     */
    SeededTest(Statement test, String name, Conditions conditions, Turns turns, Consumer<GridRun> begins) {
        this.test = test;
        this.name = name;
        this.conditions = conditions;
        this.turns = turns;
        this.begins = begins;
    }

    void run(Seeds seeds) {
        List<AssumptionViolatedException> skipped = new ArrayList<>();
        for (long seed : seeds.all()) {
            try {
                run(seed);
            } catch (AssumptionViolatedException assumesElse) {
                skipped.add(assumesElse);
            }
        }
        if (skipped.size() == seeds.all().size()) {
            throw skipped.getFirst();
        }
        if (!seeds.replay()) {
            requireSometimes(seeds);
        }
        System.out.println(name + " " + summary.text());
        if (!skipped.isEmpty()) {
            System.out.println(
                    name + " skipped " + skipped.size() + " of " + seeds.all().size() + " seeds; the first: "
                            + skipped.getFirst().getMessage());
        }
    }

    private void run(long seed) {
        GridRun.Kills kills = GridRun.Kills.NONE;
        if (conditions.kills() > 0) {
            Run calm = requirePassed(run(trial(seed), kills), kills);
            kills = new GridRun.Kills(conditions.kills(), calm.grid().length().orElseThrow());
        }
        Run run = requirePassed(run(trial(seed), kills), kills);
        turns.ran(run.outcome().steps());
        summary.add(run.outcome());
        run.grid().sometimes().forEach((what, happened) -> sometimes.merge(what, happened, Boolean::logicalOr));
    }

    /** The seed decides how threads are scheduled, too. */
    private Trial trial(long seed) {
        return Trial.of(seed)
                .strategy(turns.strategy(
                        seed,
                        measured -> run(Trial.of(measured), GridRun.Kills.NONE)
                                .outcome()
                                .steps()));
    }

    private Run run(Trial trial, GridRun.Kills kills) {
        AtomicReference<GridRun> grid = new AtomicReference<>();
        try (CapturedOutput output = new CapturedOutput()) {
            Outcome outcome = Simulation.run(trial, scenario(kills, grid::set));
            return new Run(outcome, grid.get(), output.text());
        }
    }

    private Scenario scenario(GridRun.Kills kills, Consumer<GridRun> described) {
        return simulation -> {
            simulation.limits(Limits.DEFAULT.steps(MOST_STEPS)).virtualTime(conditions.virtualTime());
            GridRun run = new GridRun(test, name, conditions.hosts(), kills, simulation, stubs);
            run.describe();
            begins.accept(run);
            described.accept(run);
        };
    }

    private Run requirePassed(Run run, GridRun.Kills kills) {
        return switch (run.outcome().verdict()) {
            case PASSED -> run;
            case VOID -> throw new AssertionError(new FailureText(name, run.outcome(), run.printed()).ofVoidRun());
            case FAILED -> throw failure(run, kills);
        };
    }

    private RuntimeException failure(Run run, GridRun.Kills kills) {
        Failure failure = run.outcome().failure().orElseThrow();
        Throwable thrown = failure instanceof Failure.Uncaught(String thread, Throwable cause) ? cause : null;
        if (thrown instanceof AssumptionViolatedException skipped) {
            return skipped;
        }
        FailureText text = new FailureText(name, run.outcome(), run.printed());
        Outcome again = run(run.outcome().trial(), kills).outcome();
        throw new AssertionError(
                again.hash() == run.outcome().hash() ? text.of(smallest(run.outcome(), kills)) : text.ofOnlyRun(again),
                thrown);
    }

    private FailureMinimiser.Minimised smallest(Outcome outcome, GridRun.Kills kills) {
        long runs = Math.min(RUNS_TO_MINIMISE, STEPS_TO_MINIMISE / Math.max(1, outcome.steps()));
        try (CapturedOutput _ = new CapturedOutput()) {
            return new FailureMinimiser(scenario(kills, run -> {}), (int) runs).minimise(outcome);
        }
    }

    private void requireSometimes(Seeds seeds) {
        List<String> never = sometimes.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(entry -> "'" + entry.getKey() + "'")
                .toList();
        if (!never.isEmpty()) {
            throw new AssertionError(name + ": " + String.join(", ", never) + " never happened with any of "
                    + seeds.all().size() + " seeds; try more, -D" + Seeds.COUNT
                    + "=<number>, or change the test so that it gets there");
        }
    }
}
