package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import org.actium.object.api.ActiveObjectException;
import org.actium.runtime.api.Node;
import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Rule;
import org.junit.Test;

/** One of three hosts with a planet each dies, at any moment. */
public class LostHostTest {

    @Rule
    public final SimulatedGrid grid = SimulatedGrid.of(3).killing(1);

    @Test
    public void theRunFailsOrItsResultIsRight() {
        Experiment experiment = Experiment.random(3, 4, 1);
        Iterator<Node> nodes = grid.nodes().iterator();
        Progress progress = grid.objects().newActive(Progress.class, 3, 4).start();

        boolean failed = false;
        try {
            Summary summary =
                    new PlanetarySystem(experiment, 2, grid.objects(), nodes::next).run(progress, grid.futures());
            assertThat(summary.digest())
                    .isEqualTo(new Summary(experiment, new SequentialReference(experiment).run()).digest());
        } catch (ActiveObjectException | PlanetStoppedException lost) {
            failed = true;
        }
        grid.sometimes("the run failed", failed);
    }
}
