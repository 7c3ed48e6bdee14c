package org.actium.simulation.scenarios;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.actium.simulation.CampaignSummary;
import org.actium.simulation.FailureMinimiser;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.TraceHash;

/** Runs one scenario with many seeds, says a line about each, and explains the first failure. */
final class Exploration {

    /** For the faults of a failure, and again for its messages. */
    private static final int ATTEMPTS = 200;

    /** Of a run that is not green; more than that nobody reads. */
    private static final int MOST_LINES = 200;

    private final NamedScenario named;
    private final Options options;
    private final Scenario scenario;
    private final Campaign campaign;
    private final Consumer<String> out;

    Exploration(NamedScenario named, Options options, Consumer<String> out) {
        this.named = named;
        this.options = options;
        this.out = out;
        this.scenario =
                options.faults().isPresent() ? named.scenario(options.faults().getAsInt()) : named.scenario();
        Campaign alternating = Campaign.of(scenario).minimising(0);
        this.campaign = options.strategy()
                .map(order -> alternating.strategies(order.strategy()))
                .orElse(alternating);
    }

    /** @return whether all runs passed */
    boolean run(LongStream seeds) {
        out.accept(named.name() + ": " + named.proves());
        long begun = System.nanoTime();
        CampaignSummary summary = campaign.run(seeds, out);
        if (options.seed().isEmpty()) {
            out.accept(speed(summary, System.nanoTime() - begun));
        }
        List<Long> failed = summary.seeds(Verdict.FAILED);
        List<Long> voids = summary.seeds(Verdict.VOID);
        if (!failed.isEmpty()) {
            explain(failed.getFirst());
        } else if (options.seed().isEmpty() && !voids.isEmpty()) {
            out.accept("seed " + voids.getFirst() + " proves nothing; again: " + replay(voids.getFirst()));
            tell(Simulation.run(campaign.trial(voids.getFirst()).keepingAllEvents(), scenario));
        } else if (options.seed().isPresent()) {
            tell(Simulation.run(campaign.trial(options.seed().getAsLong()).keepingAllEvents(), scenario));
        }
        return summary.isGreen();
    }

    private static String speed(CampaignSummary summary, long nanos) {
        long runs = 0;
        for (Verdict verdict : Verdict.values()) {
            runs += summary.seeds(verdict).size();
        }
        return String.format(
                Locale.ROOT, "  %.1f seeds per second", (double) runs * TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    private void explain(long seed) {
        Outcome outcome = Simulation.run(campaign.trial(seed), scenario);
        if (outcome.failure().isEmpty()) {
            out.accept("seed " + seed + " did not fail when it was run again: something escapes the simulation");
            return;
        }
        out.accept("");
        out.accept("seed " + seed + " fails; again: " + replay(seed));
        FailureMinimiser.Minimised smallest = new FailureMinimiser(scenario, ATTEMPTS).minimise(outcome);
        out.accept("minimised in " + smallest.runs() + " runs to "
                + counted(smallest.faults().size(), "fault") + " and "
                + counted(smallest.delayed().size(), "delayed message") + " " + smallest.delayed());
        tell(smallest.outcome());
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String replay(long seed) {
        StringBuilder command = new StringBuilder("./actium simulate " + named.name() + " --seed " + seed);
        options.faults().ifPresent(faults -> command.append(" --faults ").append(faults));
        options.strategy().ifPresent(strategy -> command.append(" --strategy ").append(strategy.text()));
        return command.toString();
    }

    private void tell(Outcome outcome) {
        out.accept(outcome.line());
        outcome.faults().forEach(fault -> out.accept("  " + fault.text()));
        if (options.log()) {
            outcome.events().forEach(event -> out.accept(event.line()));
        } else {
            tell(new Story(outcome.events()).lines(eventOf(outcome)), outcome.verdict());
        }
        outcome.failure().ifPresent(failure -> out.accept(failure.text().stripTrailing()));
        out.accept("hash " + TraceHash.text(outcome.hash()));
    }

    /** All that led to success, or the last that led to what is wrong. */
    private void tell(List<String> lines, Verdict verdict) {
        int left = verdict == Verdict.PASSED ? 0 : Math.max(0, lines.size() - MOST_LINES);
        if (left > 0) {
            out.accept("(" + left + " earlier events; --log prints all)");
        }
        lines.stream().skip(left).forEach(out);
    }

    private static Optional<Long> eventOf(Outcome outcome) {
        return outcome.failure().isPresent() && outcome.failure().get() instanceof Failure.Violation violation
                ? Optional.of(violation.event())
                : Optional.empty();
    }
}
