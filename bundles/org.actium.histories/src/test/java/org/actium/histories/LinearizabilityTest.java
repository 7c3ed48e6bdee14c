package org.actium.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class LinearizabilityTest {

    private static final int HISTORIES = 20_000;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final Linearizability<Value> registers = new Linearizability<>(new Register());

    private static Value number(long value) {
        return Value.of(value);
    }

    private void good(Told told) {
        assertThat(registers.judge(told.history()).violations()).isEmpty();
    }

    private void bad(Told told, String which) {
        assertThat(registers.judge(told.history()).violations())
                .singleElement()
                .asString()
                .startsWith("x: " + which)
                .contains("cannot have been");
    }

    @Test
    public void readsWhatWasWrittenLast() {
        good(new Told().reads(0, Value.nothing()).does(0, "write", number(1)).reads(1, number(1)));
        bad(
                new Told()
                        .does(0, "write", number(1))
                        .does(0, "write", number(2))
                        .reads(1, number(1)),
                "process 1: read x null -> 1");
        bad(new Told().does(0, "write", number(1)).reads(1, Value.nothing()), "process 1: read");
    }

    @Test
    public void aWriteTakesEffectBetweenItsBeginningAndItsEnd() {
        Told writing = new Told().does(0, "write", number(1)).begins(0, "write", number(2));
        good(writing.reads(1, number(1)).reads(1, number(2)).ok(0, "write", number(2)));
        bad(
                new Told()
                        .does(0, "write", number(1))
                        .begins(0, "write", number(2))
                        .reads(1, number(2))
                        .reads(2, number(1))
                        .ok(0, "write", number(2)),
                "process 2: read x null -> 1");
    }

    @Test
    public void whatNobodyKnowsOfMayTakeEffectAtAnyLaterTimeOrNever() {
        Told unknown = new Told()
                .does(0, "write", number(1))
                .begins(1, "write", number(2))
                .info(1, "write");
        good(unknown.reads(0, number(1)).does(0, "write", number(3)).reads(0, number(2)));
        bad(
                new Told()
                        .begins(1, "write", number(2))
                        .info(1, "write")
                        .reads(0, number(2))
                        .does(0, "write", number(3))
                        .reads(0, number(2)),
                "process 0: read x null -> 2");
        bad(
                new Told().reads(0, number(2)).begins(1, "write", number(2)).info(1, "write"),
                "process 0: read x null -> 2");
    }

    @Test
    public void whatFailedHasNoEffect() {
        bad(new Told().begins(0, "write", number(1)).fails(0, "write").reads(1, number(1)), "process 1: read");
    }

    @Test
    public void aSwapHappensOnlyIfTheExpectedIsThere() {
        Value oneToTwo = Value.of(List.of(1L, 2L));
        good(new Told().does(0, "write", number(1)).does(1, "cas", oneToTwo).reads(0, number(2)));
        bad(new Told().does(0, "write", number(1)).does(1, "cas", oneToTwo).does(0, "cas", oneToTwo), "process 0: cas");
    }

    @Test
    public void objectsAreJudgedOneByOne() {
        List<Event> events = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            events.add(new Event(0, Event.Type.INVOKE, "write", key, number(1), 0));
            events.add(new Event(0, Event.Type.OK, "write", key, number(1), 0));
        }
        events.add(new Event(0, Event.Type.INVOKE, "read", "b", Value.nothing(), 0));
        events.add(new Event(0, Event.Type.OK, "read", "b", number(2), 0));

        assertThat(registers.judge(new History(events)).violations())
                .singleElement()
                .asString()
                .startsWith("b: ");
    }

    @Test
    public void refusesWhatARegisterCannotBeAskedFor() {
        assertThatThrownBy(() ->
                        registers.judge(new Told().does(0, "append", number(1)).history()))
                .isInstanceOf(MalformedHistoryException.class);
    }

    @Test
    public void saysOfRandomHistoriesWhatAllOrdersSay() {
        var allOrders = new AllOrders<>(new Register());
        int good = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = new RandomHistories(seed, 6).ofRegister();
            boolean allowed = allOrders.allow(history.operations());
            good += allowed ? 1 : 0;
            assertThat(registers.judge(history).isGood())
                    .as("seed %d: %s", seed, history.operations())
                    .isEqualTo(allowed);
        }
        assertThat(good).as("some of each").isBetween(HISTORIES / 5, HISTORIES * 9 / 10);
    }

    /** It takes time in its length, not in the square of it. */
    @Test
    public void aLongHistoryIsNoMatter() {
        Told told = new Told();
        int last = 0;
        for (int i = 0; i < 10_000; i++) {
            told.begins(0, "write", number(i)).begins(1, "write", number(-i)).begins(2, "read");
            told.ok(0, "write", number(i)).ok(2, "read", number(i)).ok(1, "write", number(-i));
            told.reads(1, number(-i));
            last = -i;
        }
        good(told.reads(2, number(last)));
        bad(told.reads(2, number(12)), "process 2: read");
    }
}
