package org.actium.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class AppendOrderTest {

    private static final int HISTORIES = 20_000;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private static Value number(long value) {
        return Value.of(value);
    }

    private static Value list(long... numbers) {
        return Value.of(LongStream.of(numbers).boxed().toList());
    }

    private static void good(Told told) {
        assertThat(new AppendOrder().judge(told.history()).violations()).isEmpty();
    }

    private static void bad(Told told, String why) {
        assertThat(new AppendOrder().judge(told.history()).violations())
                .anySatisfy(violation -> assertThat(violation).startsWith("x: ").contains(why));
    }

    private static Told oneAndTwo() {
        return new Told().does(0, "append", number(1)).does(0, "append", number(2));
    }

    @Test
    public void whatWasAppendedIsThereOnceAndInOrder() {
        good(oneAndTwo().reads(1, list(1, 2)));
        bad(oneAndTwo().reads(1, list(1)), "lacks 2");
        bad(oneAndTwo().reads(1, list(1, 2, 1)), "1 is there twice, at 0 and 2");
        bad(oneAndTwo().reads(1, list(2, 1)), "was over before process 0: append x 2");
        bad(oneAndTwo().reads(1, list(1, 2, 7)), "has 7, which nobody appended");
    }

    @Test
    public void readsArePrefixes() {
        good(new Told()
                .begins(0, "append", number(1))
                .begins(1, "append", number(2))
                .reads(2, list(2))
                .ok(0, "append", number(1))
                .ok(1, "append", number(2))
                .reads(2, list(2, 1)));
        bad(
                new Told()
                        .begins(0, "append", number(1))
                        .begins(1, "append", number(2))
                        .reads(2, list(1))
                        .ok(0, "append", number(1))
                        .ok(1, "append", number(2))
                        .reads(2, list(2, 1)),
                "no prefix of");
    }

    @Test
    public void nothingIsSeenBeforeItBeganOrForgottenAfterwards() {
        bad(new Told().reads(1, list(1)).does(0, "append", number(1)), "appended later");
        bad(
                new Told()
                        .begins(0, "append", number(1))
                        .reads(1, list(1))
                        .reads(1, list())
                        .ok(0, "append", number(1)),
                "has less than an earlier");
        bad(
                new Told()
                        .does(0, "append", number(1))
                        .does(1, "append", number(2))
                        .reads(1, list(2)),
                "only the latter is there");
    }

    @Test
    public void whatNobodyKnowsOfMayBeThereAndWhatFailedMayNot() {
        Told unknown = new Told().begins(0, "append", number(1)).info(0, "append");
        good(unknown.reads(1, list()).reads(1, list(1)));
        bad(new Told().begins(0, "append", number(1)).fails(0, "append").reads(1, list(1)), "whose append failed");
    }

    @Test
    public void clientsAppendANumberOnce() {
        assertThatThrownBy(() -> new AppendOrder()
                        .judge(oneAndTwo().does(1, "append", number(1)).history()))
                .isInstanceOf(MalformedHistoryException.class);
    }

    private static final class GrowingList implements Model<Value> {
        @Override
        public Value initial() {
            return Value.of(List.of());
        }

        @Override
        public Optional<Value> apply(Value state, Operation operation) {
            if (operation.name().equals("read")) {
                return operation.outcome() != Event.Type.OK
                                || operation.result().equals(state)
                        ? Optional.of(state)
                        : Optional.empty();
            }
            List<Long> longer = new ArrayList<>(((Value.Numbers) state).numbers());
            longer.add(((Value.Number) operation.argument()).number());
            return Optional.of(Value.of(longer));
        }
    }

    @Test
    public void saysOfRandomHistoriesWhatAllOrdersSay() {
        var allOrders = new AllOrders<>(new GrowingList());
        int good = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = new RandomHistories(seed, 6).ofList();
            boolean allowed = allOrders.allow(history.operations());
            good += allowed ? 1 : 0;
            Verdict verdict = new AppendOrder().judge(history);
            assertThat(verdict.isGood())
                    .as("seed %d: %s: %s", seed, history.operations(), verdict)
                    .isEqualTo(allowed);
        }
        assertThat(good).as("some of each").isBetween(HISTORIES / 5, HISTORIES * 9 / 10);
    }
}
