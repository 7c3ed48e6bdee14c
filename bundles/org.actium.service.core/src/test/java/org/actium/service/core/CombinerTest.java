package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
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
            List<Candidate> services = RandomRules.randomServices(new Random(seed));
            Combination combination = Combiner.combine(services);
            assertThat(Combiner.combine(services)).as("seed %d, again", seed).isEqualTo(combination);
            switch (combination) {
                case Combination.Ordered(List<ServiceUse> order) -> {
                    ordered++;
                    List<Candidate> inOrder = order.stream()
                            .map(use -> RandomRules.of(use, services))
                            .toList();
                    assertThat(inOrder).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(services);
                    assertThat(RandomRules.obstacle(inOrder))
                            .as("seed %d: %s", seed, inOrder)
                            .isEmpty();
                }
                case Combination.Refused(List<Conflict> conflicts) -> {
                    refused++;
                    assertThat(RandomRules.possibleOrder(services, true))
                            .as("seed %d", seed)
                            .isEmpty();
                    for (Conflict conflict : conflicts) {
                        RandomRules.requireMinimal(seed, services, conflict);
                    }
                }
            }
        }
        assertThat(ordered).as("sets that go together").isGreaterThan(2_000);
        assertThat(refused).as("sets that do not").isGreaterThan(2_000);
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
