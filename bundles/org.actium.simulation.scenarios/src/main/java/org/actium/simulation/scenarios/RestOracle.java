package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.Optional;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/** In the end nothing moves any more: no thread is left, and so no connection with a reader, and no timer goes on. */
final class RestOracle implements Oracle {

    private final Simulation simulation;
    private final Duration limit;

    /** @param limit of the virtual time of the run */
    RestOracle(Simulation simulation, Duration limit) {
        this.simulation = simulation;
        this.limit = limit;
    }

    @Override
    public Optional<String> observe(Observation observation) {
        return Optional.empty();
    }

    @Override
    public Optional<String> finish() {
        if (simulation.now().compareTo(limit) >= 0) {
            return Optional.of("timers still go on after " + limit.toSeconds() + " s");
        }
        var left = simulation.waiting();
        return left.isEmpty() ? Optional.empty() : Optional.of("threads are left: " + left);
    }
}
