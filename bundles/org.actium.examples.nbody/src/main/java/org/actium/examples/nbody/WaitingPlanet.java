package org.actium.examples.nbody;

import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/** A planet that puts off whoever asks where it has arrived until it has. */
public class WaitingPlanet extends Planet implements RunActive {

    private static final long serialVersionUID = 1;
    private static final RequestFilter NOT_YET = RequestFilter.named("arrival");

    /** As {@link Planet#Planet}. */
    public WaitingPlanet(int index, Experiment experiment, int reportEvery) {
        super(index, experiment, reportEvery);
    }

    @Override
    public void runActivity(ActiveContext context) {
        Service service = context.service();
        while (!hasArrived()) {
            service.blockingServeOldest(NOT_YET.negate());
        }
        service.fifoServing();
    }
}
