package org.actium.simulation.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/** The main program ends: if nothing moves any more, or time is up, and it has not, says who waits where. */
final class EndOracle implements Oracle {

    private static final String SCENARIOS = "org.actium.simulation.scenarios.";

    private final Simulation simulation;
    private final BooleanSupplier ended;

    EndOracle(Simulation simulation, BooleanSupplier ended) {
        this.simulation = simulation;
        this.ended = ended;
    }

    @Override
    public Optional<String> observe(Observation observation) {
        return Optional.empty();
    }

    @Override
    public Optional<String> finish() {
        return ended.getAsBoolean()
                ? Optional.empty()
                : Optional.of("the main program does not end; who waits, and where:" + waits());
    }

    /** Threads that are not in the middle of something of the scenario wait because they have nothing to do. */
    private String waits() {
        return simulation.waiting().entrySet().stream()
                .flatMap(thread ->
                        place(thread.getValue()).map(place -> "\n  " + thread.getKey() + " at " + place).stream())
                .collect(Collectors.joining());
    }

    private static Optional<StackTraceElement> place(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> frame.getClassName().startsWith(SCENARIOS))
                .findFirst();
    }
}
