package org.actium.simulation.scenarios;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.actium.simulation.Campaign;
import org.actium.simulation.CampaignSummary;
import org.actium.simulation.Explanation;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;

/** Runs one scenario with many seeds, says a line about each, and explains the first that is not green. */
final class Exploration {

    private final NamedScenario named;
    private final Options options;
    private final Campaign campaign;
    private final Explanation explanation;
    private final Consumer<String> out;

    Exploration(NamedScenario named, Options options, Consumer<String> out) {
        this.named = named;
        this.options = options;
        this.out = out;
        Scenario scenario =
                options.faults().isPresent() ? named.scenario(options.faults().getAsInt()) : named.scenario();
        this.campaign = Campaign.of(scenario).strategies(options.turns().get()).minimising(0);
        Explanation told = Explanation.of(scenario).command(this::replay, "--log prints all");
        this.explanation = options.log() ? told.everyEvent() : told;
    }

    /** @return whether all runs passed */
    boolean run(LongStream seeds) {
        out.accept(named.name() + ": " + named.proves());
        long begun = System.nanoTime();
        CampaignSummary summary = campaign.run(seeds, out);
        if (options.seed().isEmpty()) {
            out.accept(speed(summary, System.nanoTime() - begun));
        }
        toBeExplained(summary).ifPresent(run -> {
            out.accept("");
            explanation.tell(run, out);
        });
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

    /** What somebody has asked for by its seed is told although it passed. */
    private Optional<Outcome> toBeExplained(CampaignSummary summary) {
        return summary.first(Verdict.FAILED)
                .or(() -> summary.first(Verdict.VOID))
                .or(() -> options.seed().isPresent() ? summary.first(Verdict.PASSED) : Optional.empty());
    }

    private String replay(Trial trial) {
        StringBuilder command = new StringBuilder("./actium simulate " + named.name() + " --seed " + trial.seed());
        options.faults().ifPresent(faults -> command.append(" --faults ").append(faults));
        command.append(" --strategy ").append(trial.strategy());
        return options.weave() ? command.append(" --weave").toString() : command.toString();
    }
}
