package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;

public class CounterTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Test
    public void countersAddUp() {
        Counter apples = grid.objects().newActive(Counter.class, 3).start();
        Counter pears =
                grid.objects().newActive(Counter.class, 4).on(grid.node("b")).start();

        apples.add(1);

        assertThat(apples.plus(pears.count()).value()).isEqualTo(8);
    }
}
