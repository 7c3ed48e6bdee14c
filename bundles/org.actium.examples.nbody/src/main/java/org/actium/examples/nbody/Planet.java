package org.actium.examples.nbody;

import java.io.Serializable;
import java.util.List;

/**
 * An active object: one of the planets. In each iteration it tells all others where it is; when it knows where all of
 * them are, it moves. Whoever is ahead sends positions of iterations that others have not begun: {@link Orbit} keeps
 * them.
 *
 * <p>Serializable, so that it can be recovered; where it need not be, {@link WaitingPlanet} says by itself when it has
 * arrived.
 */
public class Planet implements Serializable {

    private static final long serialVersionUID = 1;

    private final int index;
    private final int iterations;
    private final int reportEvery;
    private final Orbit orbit;
    private List<Planet> planets;
    private Progress progress;

    /** @param reportEvery after how many iterations it reports; the last one is reported in any case */
    public Planet(int index, Experiment experiment, int reportEvery) {
        this.index = index;
        this.iterations = experiment.iterations();
        this.reportEvery = reportEvery;
        this.orbit = new Orbit(index, experiment);
    }

    /** Sets it in motion. Positions of others may have come before: they began earlier. */
    public void begin(List<Planet> all, Progress reportTo) {
        planets = all;
        progress = reportTo;
        tellPosition();
        moveOn();
    }

    /** Another planet tells where it is at the beginning of an iteration. */
    public void position(int iteration, int from, Vector position) {
        orbit.learn(iteration, from, position);
        moveOn();
    }

    /** Where it is; where it has arrived, if it has. A caller gets a future at once and can wait for several planets. */
    public Arrival arrival() {
        return new Arrival(orbit.planet());
    }

    final boolean hasArrived() {
        return orbit.isFinished();
    }

    private void moveOn() {
        while (orbit.advance()) {
            if (orbit.isFinished()) {
                progress.reached(iterations);
            } else {
                if (orbit.iteration() % reportEvery == 0 && orbit.iteration() < iterations) {
                    progress.reached(orbit.iteration());
                }
                tellPosition();
            }
        }
    }

    private void tellPosition() {
        int iteration = orbit.iteration();
        Vector here = orbit.planet().position();
        orbit.learn(iteration, index, here);
        for (int other = 0; other < planets.size(); other++) {
            if (other != index) {
                planets.get(other).position(iteration, index, here);
            }
        }
    }
}
