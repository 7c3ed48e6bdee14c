package org.actium.examples.nbody;

import java.io.Serializable;
import java.util.List;

/**
 * Newton's law with a softened distance (Plummer), so that planets that meet do not fly apart.
 *
 * <p>Sums always run in order of index and use nothing but the exactly rounded operations {@code + - * / sqrt}: equal
 * arguments give equal bits, on every machine.
 *
 * @param softening length below which the force stops growing
 */
public record Gravity(double softening) implements Serializable {

    /** How the others pull the planet with this index; {@code masses[i]} is at {@code positions[i]}. */
    Vector acceleration(int index, List<Double> masses, Vector[] positions) {
        Vector sum = Vector.ZERO;
        for (int other = 0; other < positions.length; other++) {
            if (other != index) {
                Vector distance = positions[other].minus(positions[index]);
                double squared = distance.squared() + softening * softening;
                sum = sum.plus(distance.times(masses.get(other) / (squared * Math.sqrt(squared))));
            }
        }
        return sum;
    }

    /** Kinetic and potential energy of all of them; constant but for the error of the integration. */
    double energy(List<PointMass> planets) {
        double sum = 0;
        for (int i = 0; i < planets.size(); i++) {
            PointMass planet = planets.get(i);
            sum += planet.mass() * planet.velocity().squared() / 2;
            for (PointMass earlier : planets.subList(0, i)) {
                double squared = planet.position().minus(earlier.position()).squared();
                sum -= planet.mass() * earlier.mass() / Math.sqrt(squared + softening * softening);
            }
        }
        return sum;
    }
}
