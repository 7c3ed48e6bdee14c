package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.Test;

/** Planets without active objects: every call is a message that the test delivers when it likes. */
public class PlanetTest {

    private final List<Runnable> messages = new ArrayList<>();
    private final List<Integer> reports = new ArrayList<>();

    @Test
    public void whateverTheOrderOfMessagesTheResultIsThatOfTheSequentialProgramToTheLastBit() {
        Experiment experiment = Experiment.random(5, 40, 1);
        String expected = new Summary(experiment, new SequentialReference(experiment).run()).digest();

        for (long order = 0; order < 50; order++) {
            assertThat(new Summary(experiment, run(experiment, order)).digest())
                    .as("messages delivered in the order of seed %d", order)
                    .isEqualTo(expected);
        }
    }

    @Test
    public void planetsReportEveryFewIterationsAndTheLast() {
        run(Experiment.random(2, 7, 1), 0);

        assertThat(reports).containsExactlyInAnyOrder(3, 3, 6, 6, 7, 7);
    }

    @Test
    public void onePlanetAloneOrNoIterationAtAllEndsToo() {
        Experiment alone = Experiment.random(1, 3, 1);
        assertThat(run(alone, 0)).containsExactly(alone.planets().getFirst().drift(0));

        Experiment still = Experiment.random(3, 0, 1);
        assertThat(run(still, 0)).isEqualTo(still.planets());
    }

    private List<PointMass> run(Experiment experiment, long seed) {
        List<Planet> planets = new ArrayList<>();
        List<Planet> stubs = new ArrayList<>();
        for (int i = 0; i < experiment.planets().size(); i++) {
            Planet planet = new Planet(i, experiment, 3);
            planets.add(planet);
            stubs.add(new MessagesTo(planet, experiment));
        }
        Progress progress = new Progress(planets.size(), experiment.iterations()) {
            @Override
            public void reached(int iteration) {
                reports.add(iteration);
            }
        };
        planets.forEach(planet -> messages.add(() -> planet.begin(stubs, progress)));
        RandomGenerator random = new SplittableRandom(seed);
        while (!messages.isEmpty()) {
            messages.remove(random.nextInt(messages.size())).run();
        }
        return planets.stream().map(planet -> planet.arrival().planet()).toList();
    }

    /** As a stub does: calls become messages. */
    private final class MessagesTo extends Planet {
        private final Planet target;

        MessagesTo(Planet target, Experiment experiment) {
            super(0, experiment, 1);
            this.target = target;
        }

        @Override
        public void position(int iteration, int from, Vector position) {
            messages.add(() -> target.position(iteration, from, position));
        }
    }
}
