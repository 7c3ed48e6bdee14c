package org.actium.simulation.oracle;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a message asks for is done exactly once; at most once if its sender was told that it may not have been done, or
 * died; never if its sender was told that it has not been done.
 */
public final class ExactlyOnceOracle implements Oracle {

    /** Message to sender. */
    private final Map<String, String> sent = new TreeMap<>();

    private final Set<String> applied = new TreeSet<>();
    private final Set<String> givenUp = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Sent(var from, var to, var message) -> {
                sent.put(message, from);
                yield Optional.empty();
            }
            case Observation.GivenUp(var message) -> {
                givenUp.add(message);
                yield Optional.empty();
            }
            case Observation.Refused(var message) -> refuse(message);
            case Observation.Died(var place) -> {
                sent.forEach((message, from) -> {
                    if (Observation.isAt(place, from)) {
                        givenUp.add(message);
                    }
                });
                yield Optional.empty();
            }
            case Observation.Applied(var message) -> apply(message);
            default -> Optional.empty();
        };
    }

    private Optional<String> apply(String message) {
        if (!sent.containsKey(message)) {
            return Optional.of(message + " was applied and never sent");
        }
        if (refused.contains(message)) {
            return Optional.of(message + " was applied after its sender was told that it never will be");
        }
        return applied.add(message) ? Optional.empty() : Optional.of(message + " was applied twice");
    }

    private Optional<String> refuse(String message) {
        refused.add(message);
        return applied.contains(message)
                ? Optional.of(message + " was applied, and its sender was told that it was not")
                : Optional.empty();
    }

    @Override
    public Optional<String> finish() {
        return sent.keySet().stream()
                .filter(message -> !applied.contains(message))
                .filter(message -> !givenUp.contains(message) && !refused.contains(message))
                .findFirst()
                .map(message -> message + " was sent and never applied, and its sender was told nothing");
    }
}
