package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.actium.testkit.EmbeddedGrid;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class TablesTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Test
    public void tellWhichTableOfARuntimeHasGrown() {
        EmbeddedRuntime runtime = grid.runtime("one");
        Tables before = Tables.of(runtime);
        assertThat(before.grownSince(before)).isEmpty();
        assertThat(before.count()).isGreaterThan(10);

        runtime.runtime().createNode("n", Optional.empty());
        runtime.objects().newActive(Spark.class).start();

        assertThat(Tables.of(runtime).grownSince(before))
                .anyMatch(table -> table.endsWith(".nodes has 2 entries, 1 before"))
                .anyMatch(table -> table.endsWith(".alive has 1 entries, 0 before"));
    }
}
