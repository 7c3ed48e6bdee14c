package org.actium.simulation.oracle;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whatever was opened is closed once, and nothing is left at the end. */
public final class LeakOracle implements Oracle {

    private final Set<String> open = new TreeSet<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Opened(var kind, var name) ->
                open.add(kind + " " + name) ? Optional.empty() : Optional.of(kind + " " + name + " was opened twice");
            case Observation.Closed(var kind, var name) ->
                open.remove(kind + " " + name)
                        ? Optional.empty()
                        : Optional.of(kind + " " + name + " was closed and not open");
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> finish() {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.size() + " left open: "
                        + String.join(", ", open.stream().limit(10).toList()));
    }
}
