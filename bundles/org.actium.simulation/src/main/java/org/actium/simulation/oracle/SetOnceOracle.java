package org.actium.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A holder of a future gets a value once, and all holders of it get the same one. */
public final class SetOnceOracle implements Oracle {

    private record Holding(String future, String holder) {}

    private final Map<Holding, String> held = new HashMap<>();
    private final Map<String, Holding> first = new HashMap<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return observation instanceof Observation.FutureSet(var future, var holder, var value)
                ? set(new Holding(future, holder), value)
                : Optional.empty();
    }

    private Optional<String> set(Holding holding, String value) {
        String before = held.putIfAbsent(holding, value);
        if (before != null) {
            return Optional.of("future " + holding.future() + " was set twice at " + holding.holder() + ": to " + before
                    + ", then to " + value);
        }
        Holding other = first.putIfAbsent(holding.future(), holding);
        if (other != null && !held.get(other).equals(value)) {
            return Optional.of("future " + holding.future() + " is " + held.get(other) + " at " + other.holder()
                    + " and " + value + " at " + holding.holder());
        }
        return Optional.empty();
    }
}
