package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.actium.deployment.core.Readiness.Verdict;
import org.junit.Test;

public class ReadinessTest {

    private final Readiness four = new Readiness(4, false, OptionalInt.empty());
    private final Readiness atLeastThreeOfFour = new Readiness(4, false, OptionalInt.of(3));
    private final Readiness whatever = new Readiness(0, true, OptionalInt.empty());
    private final Readiness atLeastTwo = new Readiness(0, true, OptionalInt.of(2));
    private final Readiness twoAndWhatever = new Readiness(2, true, OptionalInt.empty());

    @Test
    public void isReadyWithAllItExpects() {
        assertThat(four.judge(3, 0, false)).isEqualTo(Verdict.WAITING);
        assertThat(four.judge(4, 0, false)).isEqualTo(Verdict.READY);
    }

    @Test
    public void failsAsSoonAsOneOfThoseItNeedsCannotCome() {
        assertThat(four.judge(0, 1, false)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void failsWhenItsTimeIsUp() {
        assertThat(four.judge(3, 0, true)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void waitsForAllAlthoughFewerWouldDo() {
        assertThat(atLeastThreeOfFour.judge(3, 0, false)).isEqualTo(Verdict.WAITING);
    }

    @Test
    public void isReadyWithItsMinimumWhenItsTimeIsUp() {
        assertThat(atLeastThreeOfFour.judge(3, 0, true)).isEqualTo(Verdict.READY);
        assertThat(atLeastThreeOfFour.judge(2, 0, true)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void isReadyWithItsMinimumWhenNoMoreCanCome() {
        assertThat(atLeastThreeOfFour.judge(2, 1, false)).isEqualTo(Verdict.WAITING);
        assertThat(atLeastThreeOfFour.judge(3, 1, false)).isEqualTo(Verdict.READY);
    }

    @Test
    public void failsWhenItsMinimumCannotBeReached() {
        assertThat(atLeastThreeOfFour.judge(2, 2, false)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void oneThatTakesWhateverComesIsReadyWithTheFirst() {
        assertThat(whatever.judge(0, 0, false)).isEqualTo(Verdict.WAITING);
        assertThat(whatever.judge(1, 0, false)).isEqualTo(Verdict.READY);
        assertThat(whatever.judge(0, 0, true)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void oneThatTakesWhateverComesMayAskForMore() {
        assertThat(atLeastTwo.judge(1, 0, false)).isEqualTo(Verdict.WAITING);
        assertThat(atLeastTwo.judge(2, 0, false)).isEqualTo(Verdict.READY);
        assertThat(atLeastTwo.judge(1, 0, true)).isEqualTo(Verdict.FAILED);
    }

    @Test
    public void othersMayStandInForThoseThatFailed() {
        assertThat(twoAndWhatever.judge(1, 1, false)).isEqualTo(Verdict.WAITING);
        assertThat(twoAndWhatever.judge(2, 1, false)).isEqualTo(Verdict.READY);
    }

    @Test
    public void oneThatWaitsForItsTimeoutIsNotReadyBefore() {
        Readiness patient = new Readiness(4, false, OptionalInt.of(3), true);

        assertThat(patient.judge(4, 0, false)).isEqualTo(Verdict.WAITING);
        assertThat(patient.judge(3, 1, false)).as("although no more can come").isEqualTo(Verdict.WAITING);
        assertThat(patient.judge(4, 0, true)).isEqualTo(Verdict.READY);
        assertThat(patient.judge(3, 1, true)).isEqualTo(Verdict.READY);
        assertThat(patient.judge(2, 0, true)).isEqualTo(Verdict.FAILED);
        assertThat(patient.judge(0, 2, false)).as("for it cannot become ready").isEqualTo(Verdict.FAILED);
        assertThat(new Readiness(0, true, OptionalInt.empty(), true).judge(1, 0, false))
                .isEqualTo(Verdict.WAITING);
    }
}
