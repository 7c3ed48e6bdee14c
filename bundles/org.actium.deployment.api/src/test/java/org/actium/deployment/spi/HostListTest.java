package org.actium.deployment.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.Test;

public class HostListTest {

    @Test
    public void rangesStandForTheirNumbers() {
        assertThat(HostList.names("node[1-5]")).containsExactly("node1", "node2", "node3", "node4", "node5");
        assertThat(HostList.names("n[0-10;5] m")).containsExactly("n0", "n5", "n10", "m");
        assertThat(HostList.names("n[01-03]^[02].site")).containsExactly("n01.site", "n03.site");
        assertThat(HostList.names("n[1-10]^[3, 5,7-9]")).containsExactly("n1", "n2", "n4", "n6", "n10");
        assertThat(HostList.names("ann@r[1-2]n[08-10;2]"))
                .containsExactly("ann@r1n08", "ann@r1n10", "ann@r2n08", "ann@r2n10");
        assertThat(HostList.names("  localhost   localhost ")).containsExactly("localhost", "localhost");
        assertThat(HostList.numbers("[1-3]^[2] [9-10]", 3)).containsExactly("001", "003", "009", "010");
    }

    @Test
    public void whatIsNoRangeIsRefusedWithAReason() {
        for (String wrong : List.of(
                "n[",
                "n]",
                "n[]",
                "n[1]",
                "n[a-b]",
                "n[5-1]",
                "n[1-2;0]",
                "n[1-2]^",
                "n[1-3]^[x]",
                "n[1-3]^[3-1]",
                "a,b",
                "n[1-9999999999]",
                "n[1-999999999]",
                "n[1-1000]m[1-1000]",
                "n[1-2]^[1")) {
            assertThatThrownBy(() -> HostList.names(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .isNotBlank();
        }
        assertThatThrownBy(() -> HostList.numbers("1-3", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aRangeIsItsNumbersWithoutTheExcludedOnes() {
        for (int seed = 0; seed < 2000; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            int from = random.nextInt(100);
            int to = from + random.nextInt(100);
            int step = 1 + random.nextInt(9);
            var excluded = new ArrayList<Integer>();
            for (int i = random.nextInt(4); i > 0; i--) {
                excluded.add(random.nextInt(200));
            }
            int width = 1 + random.nextInt(4);
            String list = ("n[%0" + width + "d-%d;%d]").formatted(from, to, step)
                    + (excluded.isEmpty()
                            ? ""
                            : "^" + excluded.toString().replace(" ", random.nextBoolean() ? "" : " "));
            String first = ("%0" + width + "d").formatted(from);

            List<String> expected = IntStream.iterate(from, number -> number <= to, number -> number + step)
                    .filter(number -> !excluded.contains(number))
                    .mapToObj(number -> "n" + ("%0" + first.length() + "d").formatted(number))
                    .toList();
            assertThat(HostList.names(list)).as("seed " + seed + ": " + list).isEqualTo(expected);
        }
    }
}
