package org.actium.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Messages from one body to another enter its queue in the order in which they were sent. */
public final class FifoOracle implements Oracle {

    private record Pair(String from, String to) {}

    private record Place(Pair pair, long position) {}

    private final Map<Pair, Long> sent = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Pair, String> latest = new HashMap<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Sent(var from, var to, var message) -> {
                Pair pair = new Pair(from, to);
                // a message that is sent again keeps its place
                places.computeIfAbsent(message, name -> new Place(pair, sent.merge(pair, 1L, Long::sum)));
                yield Optional.empty();
            }
            case Observation.Queued(var to, var message) -> queue(to, message);
            default -> Optional.empty();
        };
    }

    private Optional<String> queue(String to, String message) {
        Place place = places.get(message);
        if (place == null || !place.pair().to().equals(to)) {
            return Optional.of(message + " entered the queue of " + to + ", to which nobody had sent it");
        }
        String before = latest.put(place.pair(), message);
        if (before != null && places.get(before).position() > place.position()) {
            return Optional.of(message + " entered the queue of " + to + " after " + before + ", which "
                    + place.pair().from() + " had sent later");
        }
        return Optional.empty();
    }
}
