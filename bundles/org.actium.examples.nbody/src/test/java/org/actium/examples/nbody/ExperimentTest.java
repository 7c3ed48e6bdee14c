package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ExperimentTest {

    @Test
    public void theSameSeedGivesTheSameBits() {
        Experiment experiment = Experiment.random(8, 10, 42);

        assertThat(experiment).isEqualTo(Experiment.random(8, 10, 42)).isNotEqualTo(Experiment.random(8, 10, 43));
    }

    @Test
    public void theResultOfWhatTheExampleDoesByDefaultIsKnown() {
        Options options = Options.of(Map.of());
        Experiment experiment = Experiment.random(options.bodies(), options.iterations(), options.seed());

        assertThat(new Summary(experiment, new SequentialReference(experiment).run()).digest())
                .as("on every machine")
                .isEqualTo("0f27a3fc801337a8eafe9e3fbd0d04ae19fe76a10e7627eeba8981f65d9c285c");
    }

    @Test
    public void theWholeOfThePlanetsRestsAtTheOrigin() {
        Vector momentum = Experiment.random(8, 10, 42).planets().stream()
                .map(planet -> planet.velocity().times(planet.mass()))
                .reduce(Vector.ZERO, Vector::plus);
        Vector centre = Experiment.random(8, 10, 42).planets().stream()
                .map(planet -> planet.position().times(planet.mass()))
                .reduce(Vector.ZERO, Vector::plus);

        assertThat(momentum.squared()).isCloseTo(0, within(1e-30));
        assertThat(centre.squared()).isCloseTo(0, within(1e-30));
    }

    @Test
    public void printedPositionsReadBackAsTheSameNumbers() {
        Experiment experiment = Experiment.random(1, 0, 42);
        Vector odd = new Vector(0.1 + 0.2, -1e-300, Math.nextUp(1.0));
        Summary summary = new Summary(experiment, List.of(new PointMass(1, odd, Vector.ZERO)));

        String[] words = summary.positions().getFirst().split(" ");
        assertThat(new Vector(Double.parseDouble(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5])))
                .isEqualTo(odd);
    }

    @Test
    public void optionsHaveDefaultsAndLimits() {
        assertThat(Options.of(Map.of())).isEqualTo(new Options(8, 500, 42));
        assertThat(Options.of(Map.of("bodies", "3", "iterations", "0", "seed", "-1")))
                .isEqualTo(new Options(3, 0, -1));
        assertThatThrownBy(() -> Options.of(Map.of("bodies", "0")))
                .hasMessage("option bodies wants a whole number from 1 to 10000, not '0'");
        assertThatThrownBy(() -> Options.of(Map.of("seed", "x"))).hasMessageEndingWith("not 'x'");
        assertThatThrownBy(() -> Options.of(Map.of("body", "3")))
                .hasMessage("unknown options [body]; there are [bodies, iterations, seed]");
    }
}
