package org.actium.deployment.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.actium.deployment.model.Allocation.Demand;
import org.junit.Test;

public class AllocationTest {

    @Test
    public void aGreedyVirtualNodeGetsAllThereIs() {
        assertThat(Allocation.of(List.of(greedy("vn", "ten", "one")), Map.of("ten", 10, "one", 1))
                        .total("vn"))
                .isEqualTo(11);
        assertThat(Allocation.of(List.of(greedy("vn", "one")), Map.of("ten", 10, "one", 1))
                        .total("vn"))
                .as("restricted to one provider")
                .isEqualTo(1);
    }

    @Test
    public void twoGreedyVirtualNodesShareFairly() {
        Allocation allocation = Allocation.of(
                List.of(greedy("a", "ten", "one"), greedy("b", "ten", "one")), Map.of("ten", 10, "one", 1));

        assertThat(allocation.total("a") + allocation.total("b")).isEqualTo(11);
        assertThat(Math.abs(allocation.total("a") - allocation.total("b"))).isLessThanOrEqualTo(1);
    }

    @Test
    public void aCapacityIsReachedAndNotExceeded() {
        assertThat(Allocation.of(List.of(demand("vn", 5, Map.of("p", 0))), Map.of("p", 10))
                        .total("vn"))
                .isEqualTo(5);
        assertThat(Allocation.of(List.of(demand("vn", 5, Map.of("p", 10))), Map.of("p", 5))
                        .total("vn"))
                .as("a quota beyond the supply")
                .isEqualTo(5);
    }

    @Test
    public void aQuotaIsAMinimumAndTheRestComesFromOthers() {
        var quotas = new LinkedHashMap<String, Integer>();
        quotas.put("p", 3);
        quotas.put("q", 3);
        quotas.put("r", 0);

        Allocation allocation = Allocation.of(List.of(demand("vn", 7, quotas)), Map.of("p", 3, "q", 3, "r", 10));

        assertThat(allocation.nodes().get("vn")).containsEntry("p", 3).containsEntry("q", 3);
        assertThat(allocation.total("vn")).isEqualTo(7);
    }

    @Test
    public void aFixedVirtualNodeDoesNotStarveAGreedyOne() {
        Allocation allocation = Allocation.of(
                List.of(greedy("greedy", "five", "seven"), demand("fixed", 4, Map.of("five", 0, "seven", 0))),
                Map.of("five", 5, "seven", 7));

        assertThat(allocation.total("fixed")).isEqualTo(4);
        assertThat(allocation.total("greedy")).isEqualTo(8);
    }

    @Test
    public void whatCanBeSatisfiedIsSatisfied() {
        for (int seed = 0; seed < 3000; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            // begins with a way to deal out the nodes, and asks for exactly that
            int providers = 1 + random.nextInt(5);
            var supply = new LinkedHashMap<String, Integer>();
            var demands = new ArrayList<Demand>();
            for (int v = 0; v < 1 + random.nextInt(5); v++) {
                var quotas = new LinkedHashMap<String, OptionalInt>();
                int all = 0;
                for (int p = 0; p < providers; p++) {
                    if (random.nextBoolean()) {
                        int gets = random.nextInt(6);
                        supply.merge("p" + p, gets, Integer::sum);
                        all += gets;
                        quotas.put(
                                "p" + p,
                                random.nextInt(3) == 0 && gets > 0 ? OptionalInt.of(gets) : OptionalInt.empty());
                    }
                }
                demands.add(new Demand("v" + v, OptionalInt.of(all), quotas));
            }

            Allocation allocation = Allocation.of(demands, supply);

            for (Demand demand : demands) {
                assertThat(allocation.total(demand.virtualNode()))
                        .as("seed " + seed + ": " + demands + " from " + supply + " as " + allocation)
                        .isEqualTo(demand.required());
            }
        }
    }

    @Test
    public void nothingIsGivenTwiceOrUnasked() {
        for (int seed = 0; seed < 3000; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var supply = new LinkedHashMap<String, Integer>();
            for (int p = 0; p < 4; p++) {
                supply.put("p" + p, random.nextInt(12));
            }
            var demands = new ArrayList<Demand>();
            for (int v = 0; v < 4; v++) {
                var quotas = new LinkedHashMap<String, OptionalInt>();
                for (int p = 0; p < 4; p++) {
                    if (random.nextBoolean()) {
                        quotas.put(
                                "p" + p,
                                random.nextBoolean() ? OptionalInt.of(random.nextInt(5)) : OptionalInt.empty());
                    }
                }
                demands.add(new Demand(
                        "v" + v,
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(15)) : OptionalInt.empty(),
                        quotas));
            }

            Allocation allocation = Allocation.of(demands, supply);

            String as = "seed " + seed + ": " + demands + " from " + supply + " as " + allocation;
            for (Map.Entry<String, Integer> provider : supply.entrySet()) {
                int given = allocation.nodes().values().stream()
                        .mapToInt(nodes -> nodes.getOrDefault(provider.getKey(), 0))
                        .sum();
                boolean wanted = demands.stream()
                        .anyMatch(demand -> demand.isGreedy() && demand.quotas().containsKey(provider.getKey()));
                assertThat(given).as(as).isLessThanOrEqualTo(provider.getValue());
                assertThat(!wanted || given == provider.getValue())
                        .as("what a greedy virtual node may have is not left; " + as)
                        .isTrue();
            }
            for (Demand demand : demands) {
                assertThat(demand.quotas().keySet())
                        .as(as)
                        .containsAll(
                                allocation.nodes().get(demand.virtualNode()).keySet());
                assertThat(demand.isGreedy() || allocation.total(demand.virtualNode()) <= demand.required())
                        .as(as)
                        .isTrue();
            }
            assertThat(Allocation.of(demands, supply)).as("the same again").isEqualTo(allocation);
        }
    }

    private static Demand greedy(String name, String... providers) {
        var quotas = new LinkedHashMap<String, OptionalInt>();
        for (String provider : providers) {
            quotas.put(provider, OptionalInt.empty());
        }
        return new Demand(name, OptionalInt.empty(), quotas);
    }

    /** @param quotas 0 for none */
    private static Demand demand(String name, int capacity, Map<String, Integer> quotas) {
        var optional = new LinkedHashMap<String, OptionalInt>();
        quotas.forEach(
                (provider, quota) -> optional.put(provider, quota == 0 ? OptionalInt.empty() : OptionalInt.of(quota)));
        return new Demand(name, OptionalInt.of(capacity), optional);
    }
}
