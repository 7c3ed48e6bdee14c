package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.stream.Stream;
import org.actium.runtime.api.Node;
import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Rule;
import org.junit.Test;

/** Planets as active objects on three hosts, with another order of threads and messages each time. */
public class SimulatedSystemTest {

    @Rule
    public final SimulatedGrid grid = SimulatedGrid.of(3);

    @Test
    public void theResultIsThatOfTheSequentialProgramToTheLastBit() {
        Experiment experiment = Experiment.random(5, 4, 1);
        Iterator<Node> nodes =
                Stream.generate(grid::nodes).flatMap(all -> all.stream()).iterator();
        Progress progress = grid.objects().newActive(Progress.class, 5, 4).start();

        Summary summary = new PlanetarySystem(experiment, 2, grid.objects(), nodes::next).run(progress, grid.futures());

        assertThat(summary.digest())
                .isEqualTo(new Summary(experiment, new SequentialReference(experiment).run()).digest());
        assertThat(progress.duration())
                .as("the last report was there before the last arrival")
                .isPositive();
    }
}
