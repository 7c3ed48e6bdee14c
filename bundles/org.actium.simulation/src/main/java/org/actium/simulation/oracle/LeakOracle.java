package org.actium.simulation.oracle;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whatever was opened is closed once, and nothing is left at the end, except of what died with its host. */
public final class LeakOracle implements Oracle {

    private record Item(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    private final Set<Item> open =
            new TreeSet<>(Comparator.comparing(Item::kind).thenComparing(Item::name));

    @Override
    public Optional<String> observe(Observation observation) {
        return switch (observation) {
            case Observation.Opened(var kind, var name) ->
                open.add(new Item(kind, name))
                        ? Optional.empty()
                        : Optional.of(kind + " " + name + " was opened twice");
            case Observation.Closed(var kind, var name) ->
                open.remove(new Item(kind, name))
                        ? Optional.empty()
                        : Optional.of(kind + " " + name + " was closed and not open");
            case Observation.Died(var place) -> {
                open.removeIf(item -> Observation.isAt(place, item.name()));
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> finish() {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.size() + " left open: "
                        + String.join(
                                ", ",
                                open.stream().limit(10).map(Item::toString).toList()));
    }
}
