package org.actium.simulation.scenarios;

import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.actium.simulation.Scenario;

/**
 * A scenario that can be asked for by name.
 *
 * @param proves one sentence: what holds in every run of it
 * @param faults how many random faults it has unless told otherwise
 * @param takesFaults whether it can have any
 * @param withFaults makes it with so many
 */
public record NamedScenario(
        String name, String proves, int faults, boolean takesFaults, IntFunction<Scenario> withFaults) {

    public NamedScenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(proves, "proves");
        Objects.requireNonNull(withFaults, "withFaults");
    }

    public NamedScenario(String name, String proves, int faults, IntFunction<Scenario> withFaults) {
        this(name, proves, faults, true, withFaults);
    }

    /** A scenario without faults, whatever is asked for. */
    static NamedScenario faultless(String name, String proves, Supplier<Scenario> scenario) {
        return new NamedScenario(name, proves, 0, false, none -> scenario.get());
    }

    public Scenario scenario() {
        return scenario(faults);
    }

    public Scenario scenario(int faultCount) {
        return withFaults.apply(faultCount);
    }
}
