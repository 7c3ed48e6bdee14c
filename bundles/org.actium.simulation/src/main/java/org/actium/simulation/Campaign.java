package org.actium.simulation;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.actium.simulation.engine.Strategy;

/** Runs one scenario with many seeds, says a line about each and minimises what fails. */
public final class Campaign {

    private static final int ATTEMPTS = 200;

    private final Scenario scenario;
    private final List<Strategy> strategies;
    private final int minimised;

    private Campaign(Scenario scenario, List<Strategy> strategies, int minimised) {
        this.scenario = Objects.requireNonNull(scenario, "scenario");
        this.strategies = List.copyOf(strategies);
        this.minimised = minimised;
    }

    /** With random scheduling and PCT of depth three in turns; the first failure is minimised. */
    public static Campaign of(Scenario scenario) {
        return new Campaign(scenario, List.of(Strategy.random(), Strategy.pct(3)), 1);
    }

    /** The seed decides which of them it gets. */
    public Campaign strategies(Strategy... inTurns) {
        return new Campaign(scenario, List.of(inTurns), minimised);
    }

    /** How many failing seeds are minimised and reported with their events; 0: none. */
    public Campaign minimising(int failures) {
        return new Campaign(scenario, strategies, failures);
    }

    /** The trial of a seed of this campaign, for running it again. */
    public Trial trial(long seed) {
        int turn = (int) Math.floorMod(seed, (long) strategies.size());
        return Trial.of(seed).strategy(strategies.get(turn));
    }

    /** @param out takes lines of text as the campaign proceeds, the summary last */
    public CampaignSummary run(LongStream seeds, Consumer<String> out) {
        CampaignSummary summary = new CampaignSummary();
        int[] left = {minimised};
        seeds.forEach(seed -> {
            Outcome outcome = Simulation.run(trial(seed), scenario);
            out.accept(outcome.line());
            summary.add(outcome);
            if (outcome.verdict() == Verdict.FAILED && left[0]-- > 0) {
                out.accept(new FailureMinimiser(scenario, ATTEMPTS)
                        .minimise(outcome)
                        .report());
            }
        });
        out.accept(summary.text());
        return summary;
    }
}
