package org.actium.simulation.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/**
 * The main program ends; if nothing moves any more, or time is up, and it has not, says who waits where. After it nothing
 * is left of the runtimes that it has closed: no thread, no connection, no timer that goes on.
 */
final class EndOracle implements Oracle {

    private static final String SCENARIOS = "org.actium.simulation.scenarios.";
    private static final String OURS = "org.actium.";
    private static final String SIMULATION = "org.actium.simulation.";

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
        if (!ended.getAsBoolean()) {
            // threads that are not in the middle of something of the scenario wait because they have nothing to do
            return Optional.of("the main program does not end; who waits, and where:" + waitsInScenarios(simulation));
        }
        if (!simulation.waiting().isEmpty()) {
            return Optional.of(
                    "threads are left of runtimes that are closed:" + waits(simulation, EndOracle::isOfRuntime));
        }
        if (simulation.openConnections() > 0) {
            return Optional.of(simulation.openConnections() + " connections are left open by runtimes that are closed");
        }
        return simulation.timers() == 0
                ? Optional.empty()
                : Optional.of(simulation.timers() + " timers still go on after "
                        + simulation.now().toSeconds() + " s, of runtimes that are closed");
    }

    static String waitsInScenarios(Simulation simulation) {
        return waits(simulation, EndOracle::isOfScenario);
    }

    private static String waits(Simulation simulation, Predicate<StackTraceElement> isPlace) {
        return simulation.waiting().entrySet().stream()
                .flatMap(thread ->
                        place(thread.getValue(), isPlace)
                                .map(place -> "\n  " + thread.getKey() + " at " + place)
                                .stream())
                .collect(Collectors.joining());
    }

    private static Optional<StackTraceElement> place(
            List<StackTraceElement> stack, Predicate<StackTraceElement> isPlace) {
        return stack.stream().filter(isPlace).findFirst();
    }

    private static boolean isOfScenario(StackTraceElement frame) {
        return frame.getClassName().startsWith(SCENARIOS);
    }

    private static boolean isOfRuntime(StackTraceElement frame) {
        return frame.getClassName().startsWith(OURS) && !frame.getClassName().startsWith(SIMULATION);
    }
}
