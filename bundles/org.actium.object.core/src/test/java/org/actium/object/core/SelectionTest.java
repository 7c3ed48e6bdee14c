package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

/** What the taker of an inbox can choose. */
public class SelectionTest {

    private static final BodyId TARGET = new BodyId(new RuntimeId(0, 0), 1);

    private final Inbox inbox = new Inbox();

    private Request push(long number) {
        Request request = new Request(TARGET, Optional.empty(), number, "m()V", new Object[0], null);
        inbox.push(request);
        return request;
    }

    private static Work.Errand errand(Work.Rank rank) {
        return new Work.Errand(rank, () -> {});
    }

    @Test
    public void theYoungestIsTheLastThatCameWhetherTakenOrNot() {
        push(1);
        push(2);
        assertThat(inbox.taker().youngest(request -> true).sequence()).isEqualTo(2);
        push(3);
        assertThat(inbox.taker().youngest(request -> true).sequence()).isEqualTo(3);
        assertThat(inbox.taker().youngest(request -> request.sequence() < 3).sequence())
                .isEqualTo(2);
        assertThat(inbox.taker().youngest(request -> false)).isNull();
        assertThat(inbox.size()).isEqualTo(3);
    }

    @Test
    public void urgentOrdersGoBeforeRequestsByRankAndThenByAge() {
        push(1);
        inbox.taker().poll();
        push(2);
        Work later = errand(Work.Rank.BEFORE_REQUESTS);
        Work latest = errand(Work.Rank.BEFORE_REQUESTS);
        Work first = errand(Work.Rank.FIRST);
        inbox.push(later);
        inbox.push(latest);
        push(3);
        inbox.push(first);

        assertThat(inbox.taker().order()).isSameAs(first);
        assertThat(inbox.taker().poll()).isSameAs(first);
        assertThat(inbox.taker().poll()).isSameAs(later);
        assertThat(inbox.taker().poll()).isSameAs(latest);
        assertThat(inbox.taker().order()).isNull();
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(2L);
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(3L);
        assertThat(inbox.taker().poll()).isNull();
    }

    @Test
    public void anUrgentOrderGoesBeforeWhatTheTakerHasAlready() {
        push(1);
        push(2);
        inbox.taker().poll();
        Work order = errand(Work.Rank.BEFORE_REQUESTS);
        inbox.push(order);

        assertThat(inbox.taker().poll()).isSameAs(order);
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(2L);
    }

    @Test
    public void whatIsBehindAnEndIsNotChosen() {
        push(1);
        Work end = new Work.End(Work.Rank.IN_TURN);
        inbox.push(end);
        push(2);

        assertThat(inbox.taker().oldest(request -> request.sequence() == 2)).isNull();
        assertThat(inbox.taker().youngest(request -> true).sequence()).isEqualTo(1);
        assertThat(inbox.taker().order()).isNull();
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(1L);
        assertThat(inbox.taker().youngest(request -> true)).isNull();
        assertThat(inbox.taker().order()).isSameAs(end);
    }

    /** Against a plain list: the links of the chain hold whatever is done in whatever order. */
    @Test
    public void choosesTheSameAsAListWould() {
        for (int seed = 0; seed < 200; seed++) {
            Inbox chosen = new Inbox();
            List<Long> model = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (long number = 1; number <= 300; number++) {
                int residue = random.nextInt(3);
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        chosen.push(new Request(TARGET, Optional.empty(), number, "m()V", new Object[0], null));
                        model.add(number);
                    }
                    case 2 -> {
                        Request request = (Request) chosen.taker().poll();
                        assertThat(request == null ? null : request.sequence())
                                .isEqualTo(model.isEmpty() ? null : model.removeFirst());
                    }
                    case 3 ->
                        check(
                                chosen,
                                model,
                                chosen.taker().oldest(candidate -> candidate.sequence() % 3 == residue),
                                residue);
                    default ->
                        check(
                                chosen,
                                model.reversed(),
                                chosen.taker().youngest(candidate -> candidate.sequence() % 3 == residue),
                                residue);
                }
                assertThat(chosen.size()).isEqualTo(model.size());
            }
        }
    }

    private static void check(Inbox inbox, List<Long> model, Request found, int residue) {
        Optional<Long> expected =
                model.stream().filter(number -> number % 3 == residue).findFirst();
        assertThat(Optional.ofNullable(found).map(Request::sequence)).isEqualTo(expected);
        if (found != null) {
            assertThat(inbox.taker().remove(found)).isTrue();
            assertThat(inbox.taker().remove(found)).as("it is out").isFalse();
            model.remove(expected.get());
        }
    }
}
