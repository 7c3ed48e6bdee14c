package org.actium.benchmarks.ft;

import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/** Where planets arrive; nobody recovers it. Who asks it waits until all have. */
public class Finish implements RunActive {

    private static final RequestFilter NOT_YET = RequestFilter.named("all");

    private final int planets;
    private int missing;

    public Finish(int planets) {
        this.planets = planets;
        this.missing = planets;
    }

    @Override
    public void runActivity(ActiveContext context) {
        Service service = context.service();
        while (service.isActive()) {
            service.blockingServeOldest(missing == 0 ? NOT_YET : NOT_YET.negate());
        }
    }

    public void arrived() {
        missing--;
    }

    /** Not served before all have arrived. From then on they are awaited again. */
    public int all() {
        missing = planets;
        return planets;
    }
}
