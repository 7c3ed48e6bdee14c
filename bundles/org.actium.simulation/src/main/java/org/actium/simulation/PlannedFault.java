package org.actium.simulation;

import java.time.Duration;
import java.util.Objects;

/**
 * A fault and when it happens.
 *
 * @param number its place in the plan, which is the same in every run of a scenario with the same seed
 * @param drawn whether it comes from a random plan; such a one may miss if another one of them hits
 */
public record PlannedFault(int number, Duration at, Fault fault, boolean drawn) {

    public PlannedFault {
        Objects.requireNonNull(fault, "fault");
        if (at.isNegative()) {
            throw new IllegalArgumentException(
                    "'" + fault.text() + "' is planned for " + at + ", before the run begins");
        }
    }

    /** For example {@code kill h2 for 5 s, after 3 s}. */
    public String text() {
        return fault.text() + ", after " + Words.of(at);
    }
}
