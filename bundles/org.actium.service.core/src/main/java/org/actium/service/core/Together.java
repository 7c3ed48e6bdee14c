package org.actium.service.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.runtime.api.Node;
import org.actium.service.api.Combination;
import org.actium.service.api.Combination.Conflict;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.Combiner.Candidate;
import org.actium.service.core.SharedInstance.Key;

/** Which technical services of a node go together, in which order, and which of them cannot be without others. */
final class Together {

    private Together() {}

    /** As the rules say, unless a service that was withdrawn leaves others without an order. */
    static List<Applied> inOrder(List<Applied> services) {
        return switch (Combiner.combine(
                services.stream().map(Applied::candidate).toList())) {
            case Combination.Ordered(List<ServiceUse> order) ->
                services.stream()
                        .sorted(Comparator.comparingInt(one -> order.indexOf(one.use())))
                        .toList();
            case Combination.Refused _ -> services;
        };
    }

    /** What the node has, and what it is to have, in the order in which it goes together. */
    static List<ServiceUse> ordered(Node node, List<Applied> present, Map<Key, InstalledService> found) {
        Combination combination = Combiner.combine(Stream.concat(
                        present.stream().map(Applied::candidate),
                        found.entrySet().stream()
                                .map(entry -> new Candidate(
                                        entry.getKey().use(), entry.getValue().offer())))
                .toList());
        return switch (combination) {
            case Combination.Ordered(List<ServiceUse> order) -> order;
            case Combination.Refused(List<Conflict> conflicts) ->
                throw new TechnicalServiceException("node '" + node.name() + "': "
                        + conflicts.stream().map(Conflict::rule).collect(Collectors.joining("; ")));
        };
    }

    static void requireNewId(Node node, ServiceUse use, List<Applied> present, Set<Key> coming) {
        if (Stream.concat(present.stream().map(Applied::use), coming.stream().map(Key::use))
                .anyMatch(other -> other.id().equals(use.id()) && !other.equals(use))) {
            throw new TechnicalServiceException(
                    "node '" + node.name() + "' has a technical service '" + use.id()
                            + "' already, with other arguments or of another class; remove that one first, or choose another id");
        }
    }

    static void requireDispensable(Node node, String use, List<Applied> staying) {
        List<Conflict> conflicts = conflicts(candidates(staying));
        if (!conflicts.isEmpty()) {
            throw new TechnicalServiceException("node '" + node.name() + "': technical service '" + use
                    + "' cannot be removed: "
                    + conflicts.stream().map(Conflict::rule).collect(Collectors.joining("; ")));
        }
    }

    static TechnicalServiceException missing(Node node, String use, List<Applied> present) {
        return new TechnicalServiceException("node '" + node.name() + "' has no technical service '" + use
                + "'; it has "
                + (present.isEmpty()
                        ? "none"
                        : present.stream().map(one -> one.use().id()).collect(Collectors.joining(", "))));
    }

    /** Whether it has an id of its own, and no rule is against it. Others may be in conflict with each other. */
    static boolean fits(Applied coming, List<Applied> present) {
        return present.stream()
                        .noneMatch(one -> one.use().id().equals(coming.use().id()))
                && conflicts(Stream.concat(present.stream(), Stream.of(coming))
                                .map(Applied::candidate)
                                .toList())
                        .stream()
                        .noneMatch(conflict -> conflict.services().contains(coming.use()));
    }

    /** What is of an orphan, or requires what only such provide; in order of application. */
    static List<Applied> leaving(List<Applied> present, List<SharedInstance> orphans) {
        List<Applied> staying = present.stream()
                .filter(one -> !orphans.contains(one.instance()))
                .toList();
        if (staying.size() < present.size()) {
            for (Set<ServiceUse> lacking = lacking(candidates(staying));
                    !lacking.isEmpty();
                    lacking = lacking(candidates(staying))) {
                Set<ServiceUse> without = lacking;
                staying = staying.stream()
                        .filter(one -> !without.contains(one.use()))
                        .toList();
            }
        }
        List<Applied> left = staying;
        return inOrder(present).stream().filter(one -> !left.contains(one)).toList();
    }

    /** Whether what is there does not provide what it requires. */
    static boolean lacks(List<Applied> present, Candidate candidate) {
        return lacking(Stream.concat(candidates(present).stream(), Stream.of(candidate))
                        .toList())
                .contains(candidate.use());
    }

    /** Those that require what none of the others provides. */
    private static Set<ServiceUse> lacking(List<Candidate> together) {
        return conflicts(together).stream()
                .map(Conflict::services)
                .filter(those -> those.size() == 1)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static List<Candidate> candidates(List<Applied> services) {
        return services.stream().map(Applied::candidate).toList();
    }

    private static List<Conflict> conflicts(List<Candidate> together) {
        return switch (Combiner.combine(together)) {
            case Combination.Ordered _ -> List.of();
            case Combination.Refused(List<Conflict> conflicts) -> conflicts;
        };
    }
}
