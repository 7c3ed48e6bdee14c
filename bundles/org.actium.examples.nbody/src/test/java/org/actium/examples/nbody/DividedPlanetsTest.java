package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import org.actium.runtime.api.Node;
import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Rule;
import org.junit.Test;

/** Two of three hosts with a planet each do not reach one another; the host of {@code main} reaches all. */
public class DividedPlanetsTest {

    private static final Experiment EXPERIMENT = Experiment.random(3, 4, 1);

    @Rule
    public final SimulatedGrid grid = SimulatedGrid.of(3).seeds(20);

    @Test
    public void theRunFailsWithWhoDoesNotReachWhom() {
        grid.partition("h1", "h2").after(Duration.ZERO);

        assertThatThrownBy(this::run)
                .isInstanceOf(PlanetStoppedException.class)
                .hasMessageMatching("planet-[01] on \\S+ cannot go on: \\S+ on \\S+ failed: .*h[12].*");
    }

    @Test
    public void theRunFailsOrItsResultIsRightIfThatBeginsOnTheWay() {
        grid.partition("h1", "h2").after(Duration.ofMillis(grid.random().nextInt(6)));

        boolean failed = false;
        try {
            assertThat(run().digest())
                    .isEqualTo(new Summary(EXPERIMENT, new SequentialReference(EXPERIMENT).run()).digest());
        } catch (PlanetStoppedException stopped) {
            failed = true;
        }
        grid.sometimes("the run failed", failed);
    }

    private Summary run() {
        Iterator<Node> nodes = grid.nodes().iterator();
        Progress progress = grid.objects().newActive(Progress.class, 3, 4).start();
        return new PlanetarySystem(EXPERIMENT, 2, grid.objects(), nodes::next).run(progress, grid.futures());
    }
}
