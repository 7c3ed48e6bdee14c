package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.actium.service.api.Combination;
import org.actium.service.api.Combination.Conflict;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.Combiner.Candidate;
import org.junit.Test;

public class CombinerTest {

    private static final List<String> NONE = List.of();

    @Test
    public void withoutRulesTheOrderGivenStays() {
        assertThat(Combiner.combine(List.of(service("c"), service("a"), service("b"))))
                .isEqualTo(new Combination.Ordered(List.of(use("c"), use("a"), use("b"))));
    }

    @Test
    public void rulesOfOrderMoveAsLittleAsTheyMust() {
        Candidate metrics = service("metrics", new CombinationRules(NONE, NONE, NONE, NONE, List.of("ordering")));
        Candidate fifo = service("fifo", new CombinationRules(List.of("ordering"), NONE, NONE, NONE, NONE));

        assertThat(Combiner.combine(List.of(metrics, service("log"), fifo)))
                .isEqualTo(new Combination.Ordered(List.of(use("log"), use("fifo"), use("metrics"))));
    }

    @Test
    public void whatIsRequiredComesFirst() {
        Candidate user = service("user", new CombinationRules(NONE, List.of("store"), NONE, NONE, NONE));
        Candidate disk = service("disk", new CombinationRules(List.of("store"), NONE, NONE, NONE, NONE));

        assertThat(Combiner.combine(List.of(user, disk)))
                .isEqualTo(new Combination.Ordered(List.of(use("disk"), use("user"))));
    }

    @Test
    public void namesBothServicesAndTheRuleThatOneExcludesTheOther() {
        Candidate causal =
                service("causal", new CombinationRules(List.of("ordering"), NONE, List.of("ordering"), NONE, NONE));
        Candidate fifo = service("fifo", new CombinationRules(List.of("ordering"), NONE, NONE, NONE, NONE));

        assertThat(conflicts(causal, fifo))
                .containsExactly(new Conflict(
                        List.of(use("causal"), use("fifo")),
                        "technical services 'causal' and 'fifo' do not go together: 'causal' excludes 'ordering'"));
    }

    @Test
    public void aServiceThatExcludesItselfIsUsedOnce() {
        Candidate once = service("once", new CombinationRules(NONE, NONE, List.of("once"), NONE, NONE));
        Candidate again = new Candidate(new ServiceUse("again", "once", Map.of()), once.offer());

        assertThat(Combiner.combine(List.of(once))).isInstanceOf(Combination.Ordered.class);
        assertThat(conflicts(once, again))
                .as("said once, although each excludes the other")
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.rule()).contains("'once'", "'again' (service once)"));
    }

    @Test
    public void whatExcludesAnotherByTwoNamesIsReportedOnce() {
        Candidate user = service("user", new CombinationRules(NONE, NONE, List.of("store", "storage"), NONE, NONE));
        Candidate store = service("store", new CombinationRules(List.of("storage"), NONE, NONE, NONE, NONE));

        assertThat(conflicts(user, store))
                .extracting(Conflict::rule)
                .containsExactly("technical services 'user' and 'store' do not go together: 'user' excludes 'store'");
    }

    @Test
    public void saysWhatIsRequiredAndNotThere() {
        Candidate user = service("user", new CombinationRules(NONE, List.of("store"), NONE, NONE, NONE));

        assertThat(conflicts(service("other"), user))
                .containsExactly(new Conflict(
                        List.of(use("user")),
                        "technical service 'user' requires 'store', which no other technical service there provides"));
    }

    @Test
    public void ofCirclesOfOrdersItNamesAShortest() {
        Candidate a = service("a", new CombinationRules(NONE, NONE, NONE, List.of("b"), NONE));
        Candidate b = service("b", new CombinationRules(NONE, NONE, NONE, List.of("c"), NONE));
        Candidate c = service("c", new CombinationRules(NONE, NONE, NONE, List.of("a", "d"), NONE));
        Candidate d = service("d", new CombinationRules(NONE, NONE, NONE, List.of("c"), NONE));

        assertThat(conflicts(a, b, c, d))
                .containsExactly(new Conflict(
                        List.of(use("c"), use("d")),
                        "technical services 'c' and 'd' have no order: 'c' comes before 'd', and so before 'd';"
                                + " 'd' comes before 'c', and so before 'c'"));
    }

    /** Against all orders there are, one after the other. */
    @Test
    public void anyServicesWithAnyRulesAreOrderedAsAllRulesSayOrRefusedWithAMinimalConflict() {
        int ordered = 0;
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            List<Candidate> services = randomServices(new Random(seed));
            Combination combination = Combiner.combine(services);
            assertThat(Combiner.combine(services)).as("seed %d, again", seed).isEqualTo(combination);
            switch (combination) {
                case Combination.Ordered(List<ServiceUse> order) -> {
                    ordered++;
                    List<Candidate> inOrder =
                            order.stream().map(use -> of(use, services)).toList();
                    assertThat(inOrder).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(services);
                    assertThat(obstacle(inOrder))
                            .as("seed %d: %s", seed, inOrder)
                            .isEmpty();
                }
                case Combination.Refused(List<Conflict> conflicts) -> {
                    refused++;
                    assertThat(possibleOrder(services, true))
                            .as("seed %d", seed)
                            .isEmpty();
                    for (Conflict conflict : conflicts) {
                        requireMinimal(seed, services, conflict);
                    }
                }
            }
        }
        assertThat(ordered).as("sets that go together").isGreaterThan(2_000);
        assertThat(refused).as("sets that do not").isGreaterThan(2_000);
    }

    private static void requireMinimal(int seed, List<Candidate> services, Conflict conflict) {
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

    private static Optional<List<Candidate>> possibleOrder(List<Candidate> services, boolean withRequirements) {
        return permutations(services).stream()
                .filter(order -> (!withRequirements || unmet(order).isEmpty())
                        && contradiction(order).isEmpty())
                .findFirst();
    }

    private static Optional<String> obstacle(List<Candidate> order) {
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

    private static List<Candidate> randomServices(Random random) {
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

    private static Candidate of(ServiceUse use, List<Candidate> services) {
        return services.stream()
                .filter(candidate -> candidate.use().equals(use))
                .findFirst()
                .orElseThrow();
    }

    private static List<Conflict> conflicts(Candidate... services) {
        return ((Combination.Refused) Combiner.combine(List.of(services))).conflicts();
    }

    private static Candidate service(String id) {
        return service(id, CombinationRules.NONE);
    }

    private static Candidate service(String id, CombinationRules rules) {
        return new Candidate(use(id), new ServiceOffer(id, "org.example." + id, "bundle." + id, "1.0.0", rules));
    }

    private static ServiceUse use(String id) {
        return new ServiceUse(id, id, Map.of());
    }
}
