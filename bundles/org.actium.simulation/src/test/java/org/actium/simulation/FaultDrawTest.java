package org.actium.simulation;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.Test;

public class FaultDrawTest {

    private static final List<String> HOSTS = List.of("h1", "h2", "h3");

    @Test
    public void aPlanKeepsToItsBudget() {
        FaultBudget budget = FaultBudget.of(6, ofSeconds(20))
                .longest(ofSeconds(3))
                .sparing("h1")
                .most(FaultKind.RESET, 0);
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        Set<String> plans = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            List<PlannedFault> plan = draw(budget, HOSTS, seed);

            assertThat(plan).hasSize(6);
            assertThat(plan).extracting(PlannedFault::number).containsExactly(3, 4, 5, 6, 7, 8);
            assertThat(plan).allMatch(PlannedFault::drawn);
            assertThat(plan).extracting(PlannedFault::at).allMatch(at -> at.compareTo(ofSeconds(20)) <= 0);
            assertThat(plan.stream().filter(fault -> fault.fault() instanceof Fault.Kill))
                    .hasSizeLessThan(2);
            for (PlannedFault planned : plan) {
                kinds.add(planned.fault().kind());
                switch (planned.fault()) {
                    case Fault.Kill kill -> assertThat(kill.host()).isNotEqualTo("h1");
                    case Fault.Pause pause -> {
                        assertThat(pause.host()).isNotEqualTo("h1");
                        assertThat(pause.length()).isLessThanOrEqualTo(ofSeconds(3));
                    }
                    case Fault.Partition partition ->
                        assertThat(partition.length()).isLessThanOrEqualTo(ofSeconds(3));
                    default -> {}
                }
            }
            plans.add(plan.toString());
        }
        assertThat(plans).hasSize(200);
        assertThat(kinds)
                .isEqualTo(EnumSet.complementOf(
                        EnumSet.of(FaultKind.RESET, FaultKind.RESTART, FaultKind.RESUME, FaultKind.HEAL)));
    }

    @Test
    public void aPlanBeginsAndLastsAsLongAsItMust() {
        FaultBudget budget = FaultBudget.none(5, ofSeconds(4))
                .most(FaultKind.PAUSE, 5)
                .from(ofSeconds(3))
                .shortest(ofSeconds(1))
                .longest(ofSeconds(2));
        for (long seed = 0; seed < 50; seed++) {
            for (PlannedFault planned : draw(budget, HOSTS, seed)) {
                assertThat(planned.at()).isBetween(ofSeconds(3), ofSeconds(4));
                assertThat(((Fault.Pause) planned.fault()).length()).isBetween(ofSeconds(1), ofSeconds(2));
            }
        }
    }

    @Test
    public void theSameNumbersGiveTheSamePlan() {
        FaultBudget budget = FaultBudget.of(10, ofSeconds(20));

        assertThat(draw(budget, HOSTS, 5)).isEqualTo(draw(budget, HOSTS, 5));
    }

    @Test
    public void aPlanOnlyHasWhatIsPossible() {
        FaultBudget network = FaultBudget.none(9, ofSeconds(1))
                .most(FaultKind.PARTITION, 9)
                .most(FaultKind.DISK_STALL, 2)
                .most(FaultKind.HEAL, 9);

        assertThat(draw(network, List.of("h1"), 1))
                .extracting(planned -> planned.fault().kind())
                .containsExactly(FaultKind.DISK_STALL, FaultKind.DISK_STALL);
        assertThat(draw(network.sparing("h1"), List.of("h1"), 1)).isEmpty();
    }

    @Test
    public void planEntriesReadLikeSentences() {
        List<String> lines = new ArrayList<>();
        for (Fault fault : List.of(
                new Fault.Kill("h2", Fault.Death.NOTICED, ofSeconds(5)),
                new Fault.Kill("h2", Fault.Death.SILENT, Fault.FOREVER),
                new Fault.Partition("h1", "h2", false, Duration.ofMillis(1500)),
                new Fault.ClockJump("h1", Duration.ofMillis(-250)))) {
            lines.add(new PlannedFault(0, Duration.ofMillis(50), fault, false).text());
        }

        assertThat(lines)
                .containsExactly(
                        "kill h2 for 5 s, after 50 ms",
                        "vanish h2, after 50 ms",
                        "cut h1 -> h2 for 1.5 s, after 50 ms",
                        "set the clock of h1 by -250 ms, after 50 ms");
    }

    @Test
    public void impossibleBudgetsAndFaultsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FaultBudget.of(-1, ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultBudget.of(1, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultBudget.of(1, ofSeconds(1)).from(ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultBudget.of(1, ofSeconds(1)).shortest(ofSeconds(11)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Reset("h1", "h1"));
    }

    private static List<PlannedFault> draw(FaultBudget budget, List<String> hosts, long seed) {
        return new FaultDraw(budget, hosts, new SplittableRandom(seed)).plan(3);
    }
}
