package org.actium.examples.nbody;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of one planet, as a function of the positions it hears of, in whatever order they come.
 *
 * <p>Leapfrog in the kick-drift-kick form: where all positions of an iteration are known, the planet gets the second
 * half of the kick of the step before (its velocity is then that of the same moment), and, unless that was the last
 * iteration, the first half of the next, and drifts.
 */
final class Orbit implements Serializable {

    private static final long serialVersionUID = 1;

    private final int index;
    private final Experiment experiment;
    private final List<Double> masses;
    private final Map<Integer, Vector[]> known = new HashMap<>(); // by iteration: the present one and those ahead of it
    private PointMass planet;
    private int iteration;
    private boolean finished;

    Orbit(int index, Experiment experiment) {
        this.index = index;
        this.experiment = experiment;
        this.masses = experiment.masses();
        this.planet = experiment.planets().get(index);
    }

    /** Iterations done. */
    int iteration() {
        return iteration;
    }

    /** Place and velocity; of the same moment only at the beginning and when finished. */
    PointMass planet() {
        return planet;
    }

    boolean isFinished() {
        return finished;
    }

    /** Takes note of where a planet, this one included, is at the beginning of an iteration. */
    void learn(int ofIteration, int from, Vector position) {
        known.computeIfAbsent(ofIteration, unheard -> new Vector[masses.size()])[from] = position;
    }

    /** Moves on if all positions of the present iteration are known; says whether it did. */
    boolean advance() {
        Vector[] positions = known.get(iteration);
        if (positions == null || Arrays.asList(positions).contains(null)) {
            return false;
        }
        known.remove(iteration);
        Vector acceleration = experiment.gravity().acceleration(index, masses, positions);
        double half = experiment.step() / 2;
        if (iteration > 0) {
            planet = planet.kick(acceleration, half);
        }
        if (iteration == experiment.iterations()) {
            finished = true;
        } else {
            planet = planet.kick(acceleration, half).drift(experiment.step());
            iteration++;
        }
        return true;
    }
}
