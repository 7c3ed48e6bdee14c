package org.actium.examples.nbody;

import java.util.List;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/**
 * An active object: one of the planets. In each iteration it tells all others where it is; when it knows where all of
 * them are, it moves. Whoever is ahead sends positions of iterations that others have not begun: {@link Orbit} keeps
 * them.
 */
public class Planet implements RunActive {

    private static final RequestFilter NOT_YET = RequestFilter.named("arrival");

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

    /** Until it has arrived, whoever asks where waits. */
    @Override
    public void runActivity(ActiveContext context) {
        Service service = context.service();
        while (!orbit.isFinished()) {
            service.blockingServeOldest(NOT_YET.negate());
        }
        service.fifoServing();
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

    /** Where it has arrived; not served before. A caller gets a future at once and can wait for several planets. */
    public Arrival arrival() {
        return new Arrival(orbit.planet());
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
