package org.actium.deployment.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Which virtual node gets how many nodes of which node provider. Three rules, in this order:
 *
 * <ol>
 *   <li>A virtual node that asks a provider for a number of nodes gets them from this provider.
 *   <li>A virtual node with a capacity gets so many nodes, from whichever of its providers. If there is a way to satisfy
 *       all of them, it is found: a maximum flow (Ford and Fulkerson, "Maximal flow through a network", 1956).
 *   <li>Greedy virtual nodes, those that ask for no number at all, share what is left; of what two of them may have, neither
 *       gets two nodes more than the other.
 * </ol>
 *
 * <p>A pure function: the same demands and supplies always give the same. What nobody wants is left.
 *
 * @param nodes by virtual node, then by provider; every virtual node is there, and only providers it gets nodes from
 */
public record Allocation(Map<String, Map<String, Integer>> nodes) {

    public Allocation {
        nodes = Ordered.copyOf(nodes);
    }

    /**
     * What a virtual node wants.
     *
     * @param capacity nodes in all; greedy if absent and no provider is asked for a number
     * @param quotas by provider, at least how many nodes from it; its keys are all providers it takes nodes from
     */
    public record Demand(String virtualNode, OptionalInt capacity, Map<String, OptionalInt> quotas) {

        public Demand {
            Objects.requireNonNull(virtualNode, "virtualNode");
            Objects.requireNonNull(capacity, "capacity");
            quotas = Ordered.copyOf(quotas);
        }

        /** Whether it takes whatever is left. */
        public boolean isGreedy() {
            return capacity.isEmpty() && quotas.values().stream().noneMatch(OptionalInt::isPresent);
        }

        /** How many nodes it needs: its capacity, or what it asks of providers if that is more; 0 if it is greedy. */
        public int required() {
            long asked =
                    quotas.values().stream().mapToLong(quota -> quota.orElse(0)).sum();
            return (int) Math.min(Integer.MAX_VALUE, Math.max(asked, capacity.orElse(0)));
        }
    }

    /** @param supply nodes that each provider gives */
    public static Allocation of(List<Demand> demands, Map<String, Integer> supply) {
        var state = new State(supply);
        demands.forEach(state::add);
        demands.forEach(state::quotas);
        demands.stream().filter(demand -> !demand.isGreedy()).forEach(state::capacity);
        state.share(demands.stream().filter(Demand::isGreedy).toList());
        return new Allocation(state.given());
    }

    /** Nodes of a virtual node, from all providers. */
    public int total(String virtualNode) {
        return nodes.getOrDefault(virtualNode, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static final class State {

        private final Map<String, Integer> left;
        private final Map<String, Demand> demands = new LinkedHashMap<>();
        private final Map<String, Map<String, Integer>> fixed = new LinkedHashMap<>(); // by rule 1
        private final Map<String, Map<String, Integer>> free = new LinkedHashMap<>(); // by rules 2 and 3
        private final Map<String, List<String>> takers = new TreeMap<>(); // virtual nodes by provider

        State(Map<String, Integer> supply) {
            left = new LinkedHashMap<>(supply);
        }

        void add(Demand demand) {
            demands.put(demand.virtualNode, demand);
            fixed.put(demand.virtualNode, new LinkedHashMap<>());
            free.put(demand.virtualNode, new LinkedHashMap<>());
            demand.quotas
                    .keySet()
                    .forEach(provider -> takers.computeIfAbsent(provider, p -> new ArrayList<>())
                            .add(demand.virtualNode));
        }

        void quotas(Demand demand) {
            demand.quotas.forEach((provider, quota) -> {
                int given = Math.min(quota.orElse(0), left.getOrDefault(provider, 0));
                if (given > 0) {
                    fixed.get(demand.virtualNode).put(provider, given);
                    left.merge(provider, -given, Integer::sum);
                }
            });
        }

        /** Augments until the virtual node has what it needs, or nothing more can be moved its way. */
        void capacity(Demand demand) {
            int missing = demand.required() - sum(fixed.get(demand.virtualNode));
            while (missing > 0) {
                int moved = augment(demand.virtualNode, missing);
                if (moved == 0) {
                    return;
                }
                missing -= moved;
            }
        }

        /** One shortest path from the virtual node to a provider with nodes left, over others that can do with less of it. */
        private int augment(String start, int most) {
            Map<String, Step> reached = new HashMap<>(); // by provider
            var queue = new ArrayDeque<String>(); // virtual nodes
            var seen = new HashMap<String, String>(); // the provider that led to a virtual node
            queue.add(start);
            seen.put(start, "");
            while (!queue.isEmpty()) {
                String virtualNode = queue.remove();
                for (String provider : demands.get(virtualNode).quotas.keySet()) {
                    if (!left.containsKey(provider) || reached.containsKey(provider)) {
                        continue;
                    }
                    reached.put(provider, new Step(virtualNode, seen.get(virtualNode)));
                    if (left.get(provider) > 0) {
                        return move(provider, most, reached);
                    }
                    for (String holder : takers.get(provider)) {
                        if (free.get(holder).getOrDefault(provider, 0) > 0 && !seen.containsKey(holder)) {
                            seen.put(holder, provider);
                            queue.add(holder);
                        }
                    }
                }
            }
            return 0;
        }

        private int move(String end, int most, Map<String, Step> reached) {
            int amount = Math.min(most, left.get(end));
            for (String provider = end; ; ) {
                Step step = reached.get(provider);
                if (step.before.isEmpty()) {
                    break;
                }
                amount = Math.min(amount, free.get(step.virtualNode).get(step.before));
                provider = step.before;
            }
            left.merge(end, -amount, Integer::sum);
            for (String provider = end; ; ) {
                Step step = reached.get(provider);
                free.get(step.virtualNode).merge(provider, amount, Integer::sum);
                if (step.before.isEmpty()) {
                    return amount;
                }
                free.get(step.virtualNode).merge(step.before, -amount, Integer::sum);
                provider = step.before;
            }
        }

        /** Node by node, first what the fewest may have, always to the one that has least. */
        void share(List<Demand> greedy) {
            Map<String, List<String>> sharers = new LinkedHashMap<>();
            for (String provider : left.keySet()) {
                sharers.put(
                        provider,
                        greedy.stream()
                                .filter(demand -> demand.quotas.containsKey(provider))
                                .map(Demand::virtualNode)
                                .toList());
            }
            Map<String, Integer> has = new HashMap<>();
            Map<String, Integer> order = new HashMap<>();
            greedy.forEach(demand -> order.put(demand.virtualNode, order.size()));
            sharers.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .forEach(entry -> share(entry.getKey(), entry.getValue(), has, order));
        }

        private void share(
                String provider, List<String> sharers, Map<String, Integer> has, Map<String, Integer> order) {
            if (sharers.isEmpty()) {
                return;
            }
            var poorest = new PriorityQueue<String>(
                    Comparator.<String>comparingInt(virtualNode -> has.getOrDefault(virtualNode, 0))
                            .thenComparing(order::get));
            poorest.addAll(sharers);
            for (int node = left.put(provider, 0); node > 0; node--) {
                String virtualNode = poorest.remove();
                has.merge(virtualNode, 1, Integer::sum);
                free.get(virtualNode).merge(provider, 1, Integer::sum);
                poorest.add(virtualNode);
            }
        }

        Map<String, Map<String, Integer>> given() {
            var given = new LinkedHashMap<String, Map<String, Integer>>();
            for (String virtualNode : demands.keySet()) {
                var nodes = new LinkedHashMap<String, Integer>();
                for (String provider : demands.get(virtualNode).quotas.keySet()) {
                    int sum = fixed.get(virtualNode).getOrDefault(provider, 0)
                            + free.get(virtualNode).getOrDefault(provider, 0);
                    if (sum > 0) {
                        nodes.put(provider, sum);
                    }
                }
                given.put(virtualNode, Collections.unmodifiableMap(nodes));
            }
            return given;
        }

        private static int sum(Map<String, Integer> nodes) {
            return nodes.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** @param before the provider that led to the virtual node; empty text at the start */
        private record Step(String virtualNode, String before) {}
    }
}
