package org.actium.examples.nbody;

import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/**
 * A planet that puts off whoever asks where it has arrived until it has; or until it cannot any more, because a call to
 * or from another planet was in vain, of which no caller would hear.
 */
public class WaitingPlanet extends Planet implements RunActive {

    private static final long serialVersionUID = 1;
    private static final RequestFilter NOT_YET = RequestFilter.named("arrival");

    private String obstacle = "";

    /** As {@link Planet#Planet}. */
    public WaitingPlanet(int index, Experiment experiment, int reportEvery) {
        super(index, experiment, reportEvery);
    }

    @Override
    public void runActivity(ActiveContext context) {
        WaitingPlanet self = context.self(WaitingPlanet.class);
        String place = context.name() + " on " + context.node().name();
        // in turn with what it serves: the failure may be noticed on another thread, while it waits for a request
        context.onFailure(
                failed -> self.stop(place + " cannot go on: " + failed.call() + " failed: " + failed.cause()));
        Service service = context.service();
        while (!hasArrived() && obstacle.isEmpty()) {
            service.blockingServeOldest(NOT_YET.negate());
        }
        service.fifoServing();
    }

    /** What it says from now on to whoever asks where it has arrived, unless it has. */
    public void stop(String why) {
        if (obstacle.isEmpty()) {
            obstacle = why;
        }
    }

    /** @throws PlanetStoppedException if it will not arrive */
    @Override
    public Arrival arrival() {
        if (!hasArrived() && !obstacle.isEmpty()) {
            throw new PlanetStoppedException(obstacle);
        }
        return super.arrival();
    }
}
