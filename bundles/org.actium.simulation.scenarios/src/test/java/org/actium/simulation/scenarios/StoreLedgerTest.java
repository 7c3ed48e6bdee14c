package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.actium.simulation.scenarios.StoreLedger.Entry;
import org.junit.Test;

public class StoreLedgerTest {

    private static final Entry FIRST = new Entry("adder", 1, 1);
    private static final Entry SECOND = new Entry("adder", 2, 1);
    private static final Entry LATER = new Entry("adder", 3, 2);

    private final StoreLedger ledger = new StoreLedger();

    public StoreLedgerTest() {
        List.of(FIRST, SECOND, LATER).forEach(ledger::handedIn);
    }

    @Test
    public void whatWasAcknowledgedMustBeFound() {
        assertThat(ledger.acknowledged(FIRST)).isEmpty();

        assertThat(ledger.found("adder", List.of(FIRST), Set.of())).isEmpty();
        assertThat(ledger.found("counter", List.of(), Set.of())).isEmpty();
        assertThat(ledger.found("adder", List.of(SECOND), Set.of()))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("id=1").contains("lost"));
    }

    @Test
    public void whatWasSeenStays() {
        assertThat(ledger.found("adder", List.of(SECOND), Set.of())).isEmpty();

        assertThat(ledger.found("adder", List.of(), Set.of()))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("id=2").contains("lost"));
    }

    @Test
    public void whatWasRefusedNeverAppears() {
        ledger.refused(FIRST);

        assertThat(ledger.found("adder", List.of(FIRST), Set.of()))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("refused"));
    }

    @Test
    public void whatNobodyKnowsMayAppearUntilThatIsDecided() {
        assertThat(ledger.open("adder")).containsExactlyInAnyOrder(FIRST, SECOND, LATER);
        assertThat(ledger.found("adder", List.of(), Set.of(FIRST))).isEmpty();
        assertThat(ledger.found("adder", List.of(SECOND), Set.of())).isEmpty();
        assertThat(ledger.open("adder")).containsExactly(LATER);

        assertThat(ledger.found("adder", List.of(FIRST, SECOND), Set.of()))
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("id=1").contains("when that was decided"));
    }

    @Test
    public void whoWasTakenOverWritesNoMore() {
        assertThat(ledger.found("adder", List.of(FIRST, LATER, SECOND), Set.of()))
                .hasValueSatisfying(
                        wrong -> assertThat(wrong).contains("id=2").contains("after incarnation 2 had begun"));
    }

    @Test
    public void nobodyTakesOverTwice() {
        assertThat(ledger.takenOver("adder", 1)).isEmpty();
        assertThat(ledger.takenOver("counter", 1)).isEmpty();
        assertThat(ledger.takenOver("adder", 2)).isEmpty();
        assertThat(ledger.takenOver("adder", 2)).isPresent();
    }

    @Test
    public void whatWasNeverWrittenIsNotFound() {
        assertThat(ledger.found("adder", List.of(new Entry("adder", 9, 1)), Set.of()))
                .isPresent();
    }
}
