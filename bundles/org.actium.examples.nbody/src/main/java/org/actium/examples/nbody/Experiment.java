package org.actium.examples.nbody;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is to be computed.
 *
 * @param planets how they begin
 * @param step length of one iteration in time
 */
public record Experiment(List<PointMass> planets, Gravity gravity, double step, int iterations)
        implements Serializable {

    public Experiment {
        planets = List.copyOf(planets);
    }

    /** Planets of equal mass, 1 in all, at random places of a ball, on slow random ways; the whole of them rests. */
    static Experiment random(int planets, int iterations, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double mass = 1.0 / planets;
        List<PointMass> drawn = new ArrayList<>();
        for (int i = 0; i < planets; i++) {
            drawn.add(new PointMass(mass, inUnitBall(random), inUnitBall(random).times(0.5)));
        }
        Vector centre = mean(drawn.stream().map(PointMass::position).toList());
        Vector drift = mean(drawn.stream().map(PointMass::velocity).toList());
        List<PointMass> resting = drawn.stream()
                .map(p -> new PointMass(
                        mass, p.position().minus(centre), p.velocity().minus(drift)))
                .toList();
        return new Experiment(resting, new Gravity(0.05), 0.001, iterations);
    }

    List<Double> masses() {
        return planets.stream().map(PointMass::mass).toList();
    }

    private static Vector inUnitBall(RandomGenerator random) {
        while (true) {
            Vector drawn = new Vector(fromMinusOneToOne(random), fromMinusOneToOne(random), fromMinusOneToOne(random));
            if (drawn.squared() <= 1) {
                return drawn;
            }
        }
    }

    private static double fromMinusOneToOne(RandomGenerator random) {
        return 2 * random.nextDouble() - 1;
    }

    private static Vector mean(List<Vector> vectors) {
        return vectors.stream().reduce(Vector.ZERO, Vector::plus).times(1.0 / vectors.size());
    }
}
