package org.actium.simulation;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.actium.simulation.engine.Strategy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class CampaignTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final List<String> printed = new ArrayList<>();

    @Test
    public void aServerThatRemembersCountsExactlyOnceWhateverTheNetworkDoes() {
        CampaignSummary summary =
                Campaign.of(new Counting(false, networkFaults())).run(LongStream.range(0, 200), printed::add);

        assertThat(summary.isGreen()).as(summary.text()).isTrue();
        assertThat(printed).hasSize(201);
        assertThat(summary.sometimes("acknowledged")).isEqualTo(200 * Counting.REQUESTS);
        assertThat(summary.sometimes("asked again")).as("the faults were felt").isGreaterThan(100);
        assertThat(summary.text())
                .startsWith("green: 200 PASSED, 0 VOID, 0 FAILED, ")
                .contains("\n  faults hit: pause ");
    }

    @Test
    public void aForgetfulServerIsFoundAndTheFailureMadeSmall() {
        Scenario forgetful = new Counting(true, networkFaults());
        Campaign campaign = Campaign.of(forgetful);
        CampaignSummary summary = campaign.run(LongStream.range(0, 20), printed::add);

        assertThat(summary.isGreen()).isFalse();
        assertThat(summary.seeds(Verdict.FAILED)).hasSizeGreaterThan(5);
        Outcome failed =
                Simulation.run(campaign.trial(summary.seeds(Verdict.FAILED).getFirst()), forgetful);
        FailureMinimiser.Minimised small = new FailureMinimiser(forgetful, 200).minimise(failed);

        assertThat(small.faults()).as("any one of six is enough").hasSize(1);
        assertThat(small.delayed()).hasSizeLessThan(3);
        assertThat(small.outcome().failure().orElseThrow().kind())
                .isEqualTo(failed.failure().orElseThrow().kind())
                .isEqualTo("violation: ExactlyOnceOracle: _ was applied twice");
        assertThat(printed)
                .as("the campaign has printed the same")
                .anyMatch(line -> line.endsWith(" runs: " + small.text()));
    }

    @Test
    public void whoHadTooFewAttemptsSaysSo() {
        Scenario forgetful = new Counting(true, networkFaults());
        Campaign campaign = Campaign.of(forgetful);
        long seed = campaign.run(LongStream.range(0, 20), line -> {})
                .seeds(Verdict.FAILED)
                .getFirst();
        Outcome failed = Simulation.run(campaign.trial(seed), forgetful);

        assertThat(new FailureMinimiser(forgetful, 1).minimise(failed).text())
                .endsWith("; not smallest: attempts used up");
        assertThat(new FailureMinimiser(forgetful, 2_000).minimise(failed).text())
                .doesNotContain("not smallest");
    }

    @Test
    public void theSeedDecidesTheStrategy() {
        Campaign campaign = Campaign.of(simulation -> {}).strategies(Strategy.roundRobin(), Strategy.pct(2, 64));

        assertThat(campaign.trial(6).strategy()).hasToString("round-robin");
        assertThat(campaign.trial(7).strategy()).hasToString("pct:2:64");
    }

    @Test
    public void pctIsToldHowLongTheRunsAre() {
        Scenario counting = new Counting(false, networkFaults());
        CampaignSummary summary = Campaign.of(counting).run(LongStream.range(0, 2), printed::add);
        long steps = Simulation.run(Trial.of(0), counting).steps();

        String pct = printed.get(1).replaceAll("seed 1  (\\S+)  .*", "$1");
        assertThat(pct).startsWith("pct:3:");
        assertThat(Long.parseLong(pct.substring("pct:3:".length())))
                .as("the first run took %d steps", steps)
                .isGreaterThanOrEqualTo(steps)
                .isLessThan(2 * steps);
        assertThat(Simulation.run(Trial.of(1).strategy(Strategy.of(pct)), counting)
                        .line())
                .as("what is printed is what it takes to run a seed again")
                .isEqualTo(printed.get(1));
        assertThat(summary.isGreen()).isTrue();
    }

    @Test
    public void pctMeasuresARunIfThereWasNone() {
        Scenario counting = new Counting(false, networkFaults());
        long steps = Simulation.run(Trial.of(7), counting).steps();

        assertThat(Campaign.of(counting).trial(7).strategy().toString())
                .isEqualTo("pct:3:" + (Long.highestOneBit(steps - 1) << 1));
        assertThat(Campaign.of(counting)
                        .strategies(Turns.pct(5))
                        .trial(8)
                        .strategy()
                        .toString())
                .startsWith("pct:5:");
    }

    @Test
    public void anEmptyCampaignIsNotGreenAndAVoidRunIsRed() {
        Scenario idle = simulation -> simulation.hosts(1, machine -> {}).expect("work", 1);

        assertThat(Campaign.of(idle).run(LongStream.empty(), printed::add).isGreen())
                .isFalse();
        CampaignSummary summary = Campaign.of(idle).run(LongStream.of(3), printed::add);
        assertThat(summary.isGreen()).isFalse();
        assertThat(summary.text()).startsWith("red: 0 PASSED, 1 VOID [3], 0 FAILED, ");
    }

    @Test
    public void aRunThatPassedCannotBeMinimised() {
        Scenario idle = simulation -> simulation.hosts(1, machine -> {});
        Outcome passed = Simulation.run(Trial.of(4), idle);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureMinimiser(idle, 10).minimise(passed))
                .withMessage("seed 4 did not fail");
    }

    private static FaultBudget networkFaults() {
        return FaultBudget.none(6, ofSeconds(4))
                .most(FaultKind.PARTITION, 6)
                .most(FaultKind.RESET, 6)
                .most(FaultKind.HALF_OPEN, 6)
                .most(FaultKind.SLOW_LINK, 6)
                .most(FaultKind.PAUSE, 6);
    }
}
