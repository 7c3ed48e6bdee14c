package org.actium.simulation.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * If one sending happened before another, possibly through other bodies, a common target gets the two messages in that
 * order. A body's sending depends on what it has served, not on what waits in its queue. (Lamport, CACM 1978, for
 * happened-before; Raynal, Schiper, Toueg, IPL 1991, for what has to be compared.)
 */
public final class CausalOracle implements Oracle {

    private record Pair(String from, String to) {}

    /** A message, and for each pair of bodies how many messages its sending depends on. */
    private record Sending(Pair pair, long position, Map<Pair, Long> past) {}

    private final Map<String, Map<Pair, Long>> knowledge = new HashMap<>();
    private final Map<String, Sending> sendings = new HashMap<>();
    private final Map<Pair, Map<Long, String>> names = new HashMap<>();
    private final Map<Pair, Long> complete = new HashMap<>();
    private final Set<String> queued = new HashSet<>();

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Sent(var from, var to, var message) -> {
                sendings.computeIfAbsent(message, name -> send(new Pair(from, to), name));
                yield Optional.empty();
            }
            case Observation.Queued(var to, var message) -> queue(to, message);
            case Observation.Served(var by, var message) -> {
                serve(by, message);
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Sending send(Pair pair, String message) {
        Map<Pair, Long> known = knownTo(pair.from());
        Map<Pair, Long> past = new LinkedHashMap<>(known);
        long position = known.merge(pair, 1L, Long::sum);
        names.computeIfAbsent(pair, key -> new HashMap<>()).put(position, message);
        return new Sending(pair, position, past);
    }

    private Optional<String> queue(String to, String message) {
        Sending sending = sendings.get(message);
        if (sending == null) {
            return Optional.of(message + " entered the queue of " + to + " and was never sent");
        }
        queued.add(message);
        return sending.past().entrySet().stream()
                .filter(entry -> entry.getKey().to().equals(to))
                .flatMap(entry -> missing(entry.getKey(), entry.getValue()).stream())
                .findFirst()
                .map(missing -> message + " entered the queue of " + to + " before " + missing
                        + ", the sending of which it depends on");
    }

    private Optional<String> missing(Pair pair, long count) {
        Map<Long, String> sent = names.get(pair);
        long complete = complete(pair, sent);
        return complete >= count ? Optional.empty() : Optional.of(sent.get(complete + 1));
    }

    /** How many of the first messages of the pair are in the queue or were; grows only. */
    private long complete(Pair pair, Map<Long, String> sent) {
        long count = complete.getOrDefault(pair, 0L);
        while (queued.contains(sent.get(count + 1))) {
            count++;
        }
        complete.put(pair, count);
        return count;
    }

    private void serve(String by, String message) {
        Sending sending = sendings.get(message);
        if (sending != null) {
            Map<Pair, Long> known = knownTo(by);
            sending.past().forEach((pair, count) -> known.merge(pair, count, Math::max));
            known.merge(sending.pair(), sending.position(), Math::max);
        }
    }

    private Map<Pair, Long> knownTo(String body) {
        return knowledge.computeIfAbsent(body, name -> new LinkedHashMap<>());
    }
}
