package org.actium.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.Test;

public class ListMinimiserTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    public void findsTheItemsThatMatterInTheirOrder() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 100; round++) {
            Set<Integer> guilty = new TreeSet<>();
            for (int i = 0; i <= round % 6; i++) {
                guilty.add(random.nextInt(100));
            }
            List<Integer> found =
                    new ListMinimiser<Integer>(some -> some.containsAll(guilty), 10_000).minimise(HUNDRED);

            assertThat(found).isEqualTo(List.copyOf(guilty));
        }
    }

    @Test
    public void nothingCanBeLeftOutOfWhatIsFound() {
        List<Integer> found = new ListMinimiser<Integer>(ListMinimiserTest::fails, 10_000).minimise(HUNDRED);

        assertThat(fails(found)).isTrue();
        for (Integer item : found) {
            List<Integer> rest = new ArrayList<>(found);
            rest.remove(item);
            assertThat(fails(rest)).as("without %s", item).isFalse();
        }
    }

    @Test
    public void whatFailsAnywayNeedsNothing() {
        assertThat(new ListMinimiser<Integer>(some -> true, 10).minimise(HUNDRED))
                .isEmpty();
    }

    @Test
    public void theBudgetIsKeptAndTheBestSoFarReturned() {
        int[] attempts = {0};
        List<Integer> found = new ListMinimiser<Integer>(
                        some -> {
                            attempts[0]++;
                            return some.containsAll(List.of(3, 97));
                        },
                        12)
                .minimise(HUNDRED);

        assertThat(attempts[0]).isEqualTo(12);
        assertThat(found).contains(3, 97).hasSizeBetween(3, 99);
    }

    /** Three neighbours fail, and any ten. */
    private static boolean fails(List<Integer> items) {
        return items.size() >= 10
                || IntStream.range(2, items.size()).anyMatch(i -> items.get(i) - items.get(i - 2) == 2);
    }
}
