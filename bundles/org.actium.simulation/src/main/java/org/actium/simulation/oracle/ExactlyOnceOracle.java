package org.actium.simulation.oracle;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a message asks for is done exactly once; at most once if its sender was told that it may not have been done.
 */
public final class ExactlyOnceOracle implements Oracle {

    private final Set<String> sent = new TreeSet<>();
    private final Set<String> applied = new TreeSet<>();
    private final Set<String> givenUp = new TreeSet<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Sent(var from, var to, var message) -> {
                sent.add(message);
                yield Optional.empty();
            }
            case Observation.GivenUp(var message) -> {
                givenUp.add(message);
                yield Optional.empty();
            }
            case Observation.Applied(var message) -> apply(message);
            default -> Optional.empty();
        };
    }

    private Optional<String> apply(String message) {
        if (!sent.contains(message)) {
            return Optional.of(message + " was applied and never sent");
        }
        return applied.add(message) ? Optional.empty() : Optional.of(message + " was applied twice");
    }

    @Override
    public Optional<String> finish() {
        return sent.stream()
                .filter(message -> !applied.contains(message) && !givenUp.contains(message))
                .findFirst()
                .map(message -> message + " was sent and never applied, and its sender was told nothing");
    }
}
