package org.actium.simulation.scenarios;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.actium.simulation.Boot;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/** Every host that is alive comes to the end of its program; if it does not, says who waits where. */
final class ProgramsOracle implements Oracle {

    private final Simulation simulation;
    private final Set<String> running = new TreeSet<>();

    ProgramsOracle(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The same program, watched in each life of its host. */
    Boot watching(Boot program) {
        return machine -> {
            running.add(machine.place());
            program.boot(machine);
            running.remove(machine.place());
        };
    }

    @Override
    public Optional<String> observe(Observation observation) {
        if (observation instanceof Observation.Died(String place)) {
            running.remove(place);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> finish() {
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of("the programs of " + running + " do not end; who waits, and where:"
                        + EndOracle.waitsInScenarios(simulation));
    }
}
