package org.actium.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Of each body, only the newest incarnation does anything that others can see, and it is at one place. */
public final class LiveIncarnationOracle implements Oracle {

    private record Incarnation(long number, String host) {
        @Override
        public String toString() {
            return "incarnation " + number + " on " + host;
        }
    }

    private final Map<String, Incarnation> newest = new HashMap<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.IncarnationStarted(var body, var number, var host) ->
                start(body, new Incarnation(number, host));
            case Observation.IncarnationActed(var body, var number, var host) ->
                act(body, new Incarnation(number, host));
            default -> Optional.empty();
        };
    }

    private Optional<String> start(String body, Incarnation started) {
        Incarnation before = newest.get(body);
        if (before != null && before.number() >= started.number()) {
            return Optional.of(body + ": " + started + " began after " + before);
        }
        newest.put(body, started);
        return Optional.empty();
    }

    private Optional<String> act(String body, Incarnation acting) {
        Incarnation live = newest.get(body);
        return acting.equals(live)
                ? Optional.empty()
                : Optional.of(body + ": " + acting + " acted while " + (live == null ? "none" : live) + " was live");
    }
}
