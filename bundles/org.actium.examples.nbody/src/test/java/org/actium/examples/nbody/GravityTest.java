package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.Test;

public class GravityTest {

    @Test
    public void twoPlanetsPullEachOtherAsNewtonSays() {
        Vector[] positions = {Vector.ZERO, new Vector(2, 0, 0)};
        Gravity gravity = new Gravity(0);

        assertThat(gravity.acceleration(0, List.of(1.0, 3.0), positions)).isEqualTo(new Vector(3.0 / 4, 0, 0));
        assertThat(gravity.acceleration(1, List.of(1.0, 3.0), positions)).isEqualTo(new Vector(-1.0 / 4, 0, 0));
    }

    @Test
    public void planetsAtTheSamePlaceDoNotPullInfinitely() {
        Vector[] positions = {Vector.ZERO, Vector.ZERO};

        assertThat(new Gravity(0.1).acceleration(0, List.of(1.0, 1.0), positions))
                .isEqualTo(Vector.ZERO);
    }

    @Test
    public void aCircularOrbitComesBackToWhereItBegan() {
        // two masses 1/2 at distance 1: angular velocity 1, so a full turn takes 2π
        Gravity gravity = new Gravity(0);
        List<PointMass> pair = List.of(
                new PointMass(0.5, new Vector(0.5, 0, 0), new Vector(0, 0.5, 0)),
                new PointMass(0.5, new Vector(-0.5, 0, 0), new Vector(0, -0.5, 0)));
        int steps = 10_000;
        Experiment turn = new Experiment(pair, gravity, 2 * Math.PI / steps, steps);

        List<PointMass> end = new SequentialReference(turn).run();

        assertThat(Math.sqrt(
                        end.getFirst().position().minus(new Vector(0.5, 0, 0)).squared()))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    public void energyIsKineticAndPotentialAndAllButConserved() {
        List<PointMass> pair = List.of(
                new PointMass(2, Vector.ZERO, new Vector(3, 0, 0)), new PointMass(1, new Vector(0, 4, 0), Vector.ZERO));
        assertThat(new Gravity(0).energy(pair)).isEqualTo(9 - 0.5);

        Experiment experiment = Experiment.random(8, 1000, 42);
        assertThat(new Summary(experiment, new SequentialReference(experiment).run()).energyDrift())
                .isCloseTo(0, within(1e-4))
                .isNotZero();
    }
}
