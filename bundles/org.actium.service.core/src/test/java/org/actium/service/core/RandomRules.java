package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.actium.service.api.Combination.Conflict;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.Combiner.Candidate;

/** Technical services with rules of every kind, and what these say, without a thought how it is found out. */
final class RandomRules {

    private RandomRules() {}

    static void requireMinimal(int seed, List<Candidate> services, Conflict conflict) {
        List<Candidate> members =
                conflict.services().stream().map(use -> of(use, services)).toList();
        for (Candidate member : members) {
            assertThat(conflict.rule())
                    .as("seed %d", seed)
                    .contains("'" + member.use().id() + "'");
        }
        if (members.size() == 1) {
            Candidate alone = members.getFirst();
            assertThat(alone.offer().rules().requires())
                    .as("seed %d: %s", seed, conflict)
                    .anyMatch(name -> services.stream().noneMatch(other -> other != alone && other.isMeantBy(name)));
            return;
        }
        assertThat(possibleOrder(members, false))
                .as("seed %d: %s", seed, conflict)
                .isEmpty();
        for (Candidate member : members) {
            List<Candidate> rest =
                    members.stream().filter(other -> other != member).toList();
            assertThat(possibleOrder(rest, false))
                    .as("seed %d: %s, without %s", seed, conflict, member)
                    .isPresent();
        }
    }

    /** Found by trying all. */
    static Optional<List<Candidate>> possibleOrder(List<Candidate> services, boolean withRequirements) {
        return permutations(services).stream()
                .filter(order -> (!withRequirements || unmet(order).isEmpty())
                        && contradiction(order).isEmpty())
                .findFirst();
    }

    /** What speaks against this order. */
    static Optional<String> obstacle(List<Candidate> order) {
        return unmet(order).or(() -> contradiction(order));
    }

    private static Optional<String> unmet(List<Candidate> order) {
        return order.stream()
                .flatMap(one -> one.offer().rules().requires().stream()
                        .filter(name -> order.stream().noneMatch(other -> other != one && other.isMeantBy(name)))
                        .map(name -> one + " requires " + name))
                .findFirst();
    }

    private static Optional<String> contradiction(List<Candidate> order) {
        for (int first = 0; first < order.size(); first++) {
            for (int second = first + 1; second < order.size(); second++) {
                CombinationRules early = order.get(first).offer().rules();
                CombinationRules late = order.get(second).offer().rules();
                if (means(early.excludes(), order.get(second))
                        || means(late.excludes(), order.get(first))
                        || means(early.after(), order.get(second))
                        || means(early.requires(), order.get(second))
                        || means(late.before(), order.get(first))) {
                    return Optional.of(order.get(first) + " before " + order.get(second));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean means(List<String> names, Candidate candidate) {
        return names.stream().anyMatch(candidate::isMeantBy);
    }

    private static List<List<Candidate>> permutations(List<Candidate> services) {
        if (services.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Candidate>> all = new ArrayList<>();
        for (Candidate first : services) {
            List<Candidate> rest =
                    services.stream().filter(other -> other != first).toList();
            for (List<Candidate> tail : permutations(rest)) {
                List<Candidate> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }

    /** Of few services, which may be used several times. */
    static List<Candidate> randomServices(Random random) {
        int installed = 1 + random.nextInt(4);
        List<ServiceOffer> offers = IntStream.range(0, installed)
                .mapToObj(at -> new ServiceOffer(
                        "s" + at,
                        "org.example.S" + at,
                        "b",
                        "1",
                        new CombinationRules(
                                names(random, 0.3),
                                names(random, 0.06),
                                names(random, 0.04),
                                names(random, 0.1),
                                names(random, 0.1))))
                .toList();
        return IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(at -> {
                    ServiceOffer offer = offers.get(random.nextInt(installed));
                    return new Candidate(new ServiceUse("u" + at, offer.id(), Map.of()), offer);
                })
                .toList();
    }

    private static List<String> names(Random random, double likely) {
        return List.of("s0", "s1", "s2", "org.example.S3", "x", "y").stream()
                .filter(name -> random.nextDouble() < likely)
                .toList();
    }

    static Candidate of(ServiceUse use, List<Candidate> services) {
        return services.stream()
                .filter(candidate -> candidate.use().equals(use))
                .findFirst()
                .orElseThrow();
    }
}
