package org.actium.simulation.scenarios;

import java.util.Objects;
import java.util.function.IntFunction;
import org.actium.simulation.Scenario;

/**
 * A scenario that can be asked for by name.
 *
 * @param proves one sentence: what holds in every run of it
 * @param faults how many random faults it has unless told otherwise
 * @param withFaults makes it with so many
 */
public record NamedScenario(String name, String proves, int faults, IntFunction<Scenario> withFaults) {

    public NamedScenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(proves, "proves");
        Objects.requireNonNull(withFaults, "withFaults");
    }

    public Scenario scenario() {
        return scenario(faults);
    }

    public Scenario scenario(int faultCount) {
        return withFaults.apply(faultCount);
    }
}
