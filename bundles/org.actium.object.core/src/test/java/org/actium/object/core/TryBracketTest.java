package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.actium.future.spi.Outcome;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class TryBracketTest {

    private static final int MANY = 300_000;

    /** Looking at all of them at each call would take hours. */
    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Waits waits = new Waits(time, new RuntimeId(1, 1));

    @After
    public void stop() {
        time.close();
    }

    private static TryBracket bracket() {
        return new TryBracket(new Brackets(), null, List.of(IllegalStateException.class), () -> {});
    }

    private ReplySlot callIn(TryBracket bracket) {
        ReplySlot call = ReplySlot.shared("call", "other", Optional.empty(), waits, UnaryOperator.identity());
        bracket.add(call);
        return call;
    }

    @Test
    public void manyCallsThatAreUnderWayCostLittle() {
        TryBracket bracket = bracket();
        for (int i = 0; i < MANY; i++) {
            callIn(bracket);
        }

        assertThat(bracket.awaited()).isEqualTo(MANY);
    }

    @Test
    public void ofManyCallsThatAreOverOnlyThoseThatFailedAreKept() {
        TryBracket bracket = bracket();
        List<ReplySlot> pending = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ReplySlot call = callIn(bracket);
            switch (i % 1000) {
                case 0 -> call.set(new Outcome.Failure(new IllegalStateException("planted")));
                case 1 -> pending.add(call);
                default -> call.set(new Outcome.Value(i));
            }
        }

        assertThat(bracket.kept()).isLessThan(MANY / 100);
        assertThat(bracket.awaited()).isEqualTo(MANY / 1000);
        pending.forEach(call -> call.set(new Outcome.Value("late")));
        assertThat(bracket.failures()).hasSize(MANY / 1000);
    }
}
