package org.actium.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;
import org.actium.object.spi.WaitGraph;
import org.actium.object.spi.WaitListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class WaitTableTest {

    private static final RuntimeId RUNTIME = new RuntimeId(1, 2);
    private static final BodyId FIRST = new BodyId(RUNTIME, 1);
    private static final BodyId SECOND = new BodyId(RUNTIME, 2);

    private final WaitTable table = new WaitTable("here", new NoGraph());

    @Test
    public void onlyWaitsThatNothingButOneOtherCanEndCount() {
        assertThat(table.add(TestWait.of(FIRST))).isTrue();
        assertThat(table.add(new TestWait(SECOND, Wait.Kind.ROOM, false))).isTrue();
        assertThat(table.add(new TestWait(SECOND, Wait.Kind.FUTURE, true))).isFalse();
        assertThat(table.add(new TestWait(SECOND, Wait.Kind.ANY_FUTURE, false))).isFalse();
    }

    @Test
    public void aWaitIsLookedAtAfterAWholePeriodThenMoreAndMoreRarely() {
        table.look();
        table.add(TestWait.of(FIRST));
        List<Integer> due = new ArrayList<>();
        for (int look = 0; look <= 50; look++) {
            if (!table.look().isEmpty()) {
                due.add(look);
            }
        }

        assertThat(due).containsExactly(1, 2, 4, 8, 16, 32, 48);
    }

    @Test
    public void theSameBodyInAnotherWaitIsSomethingElse() {
        TestWait wait = TestWait.of(FIRST);
        table.add(wait);
        WaitId before = table.waitOf(FIRST).orElseThrow();
        table.remove(wait);
        assertThat(table.waitOf(FIRST)).isEmpty();
        table.add(TestWait.of(FIRST));

        assertThat(table.waitOf(FIRST)).isPresent().get().isNotEqualTo(before);
        assertThat(table.need(before)).isEqualTo(Need.NONE);
        assertThat(table.fail(before, new IllegalStateException("too late"))).isFalse();
    }

    @Test
    public void whatIsRemovedLateDoesNotTakeTheNextWaitAway() {
        TestWait old = TestWait.of(FIRST);
        table.add(old);
        table.add(TestWait.of(FIRST));

        table.remove(old);

        assertThat(table.waitOf(FIRST)).isPresent();
    }

    @Test
    public void aReportNamesTheLineOfTheUser() {
        table.add(TestWait.of(FIRST));

        assertThat(table.describe(table.waitOf(FIRST).orElseThrow()))
                .hasToString("body-1 (" + FIRST + ") on here, serving Test.serve, waits for Test.value on other"
                        + " (future 4f2a90c1-f12) at Inner.use(Outer.java:42)");
    }

    @Test
    public void whatEndsAWaitHasItsStack() {
        TestWait wait = TestWait.of(FIRST);
        table.add(wait);

        assertThat(table.fail(table.waitOf(FIRST).orElseThrow(), new IllegalStateException("ended")))
                .isTrue();

        assertThat(wait.failure()).hasMessage("ended");
        assertThat(wait.failure().getStackTrace()).isEqualTo(wait.stack());
    }

    /** For tests that ask it nothing. */
    private record NoGraph() implements WaitGraph {

        @Override
        public Registration listen(WaitListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Need need(RuntimeId holder, long future) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean holdsBack(BodyId owner, BodyId sender, long sequence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tell(RuntimeAddress runtime, ByteBuffer message) {
            throw new UnsupportedOperationException();
        }
    }
}
