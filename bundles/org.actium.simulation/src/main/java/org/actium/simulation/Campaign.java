package org.actium.simulation;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.actium.simulation.engine.Strategy;

/**
 * Runs one scenario with many seeds, says a line about each and minimises what fails.
 *
 * <p>Threading: for one thread at a time.
 */
public final class Campaign {

    private final Scenario scenario;
    private final Turns turns;
    private final int minimised;

    private Campaign(Scenario scenario, Turns turns, int minimised) {
        this.scenario = Objects.requireNonNull(scenario, "scenario");
        this.turns = Objects.requireNonNull(turns, "turns");
        this.minimised = minimised;
    }

    /** With random scheduling and PCT of depth three in turns; the first failure is minimised. */
    public static Campaign of(Scenario scenario) {
        return new Campaign(scenario, Turns.usual(), 1);
    }

    /** The seed decides which of them it gets. */
    public Campaign strategies(Strategy... inTurns) {
        return strategies(Turns.of(inTurns));
    }

    public Campaign strategies(Turns newTurns) {
        return new Campaign(scenario, newTurns, minimised);
    }

    /** How many failing seeds are minimised and reported with their events; 0: none. */
    public Campaign minimising(int failures) {
        return new Campaign(scenario, turns, failures);
    }

    /** The trial of a seed of this campaign; with {@link Outcome#trial} a run is repeated whatever ran before it. */
    public Trial trial(long seed) {
        return Trial.of(seed).strategy(turns.strategy(seed, this::measure));
    }

    private long measure(long seed) {
        return Simulation.run(Trial.of(seed), scenario).steps();
    }

    /** @param out takes lines of text as the campaign proceeds, the summary last */
    public CampaignSummary run(LongStream seeds, Consumer<String> out) {
        CampaignSummary summary = new CampaignSummary();
        int[] left = {minimised};
        seeds.forEach(seed -> {
            Outcome outcome = Simulation.run(trial(seed), scenario);
            turns.ran(outcome.steps());
            out.accept(outcome.line());
            summary.add(outcome);
            if (outcome.verdict() == Verdict.FAILED && left[0]-- > 0) {
                Explanation.of(scenario).tell(outcome, out);
            }
        });
        out.accept(summary.text());
        return summary;
    }
}
