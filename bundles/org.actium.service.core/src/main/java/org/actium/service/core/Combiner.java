package org.actium.service.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actium.service.api.Combination;
import org.actium.service.api.Combination.Conflict;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;

/**
 * Finds out whether technical services go together on a node, and in which order. The same services in the same order
 * always give the same answer; where no rule says otherwise, the order given stays.
 */
final class Combiner {

    private final List<Candidate> candidates;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final boolean[][] excluded; // excluded[i][j]: it has been said that i and j do not go together
    private final String[][] orders; // orders[i][j]: why i comes before j; null if nothing says so

    /** One use with what is installed for it. */
    record Candidate(ServiceUse use, ServiceOffer offer) {

        boolean isMeantBy(String name) {
            return offer.isMeantBy(name);
        }

        @Override
        public String toString() {
            return use.id().equals(offer.id())
                    ? "'" + use.id() + "'"
                    : "'" + use.id() + "' (service " + offer.id() + ")";
        }
    }

    private Combiner(List<Candidate> candidates) {
        this.candidates = List.copyOf(candidates);
        this.excluded = new boolean[candidates.size()][candidates.size()];
        this.orders = new String[candidates.size()][candidates.size()];
    }

    static Combination combine(List<Candidate> candidates) {
        return new Combiner(candidates).combination();
    }

    private Combination combination() {
        for (int one = 0; one < candidates.size(); one++) {
            require(one);
            exclude(one);
            order(one);
        }
        shortestCircle()
                .map(this::conflictOf)
                .filter(circle -> conflicts.stream()
                        .noneMatch(known -> circle.services().containsAll(known.services())
                                && known.services().size()
                                        > 1)) // else it is not minimal: two of it are in conflict already
                .ifPresent(conflicts::add);
        return conflicts.isEmpty() ? new Combination.Ordered(sorted()) : new Combination.Refused(conflicts);
    }

    private void require(int one) {
        for (String name : candidates.get(one).offer().rules().requires()) {
            int[] found = others(one, name);
            if (found.length == 0) {
                conflicts.add(new Conflict(
                        List.of(candidates.get(one).use()),
                        "technical service " + candidates.get(one) + " requires '" + name
                                + "', which no other technical service there provides"));
            }
            for (int other : found) {
                comesBefore(
                        other,
                        one,
                        candidates.get(one) + " requires '" + name + "', so it comes after " + candidates.get(other));
            }
        }
    }

    private void exclude(int one) {
        for (String name : candidates.get(one).offer().rules().excludes()) {
            for (int other : others(one, name)) {
                if (excluded[one][other]) {
                    continue; // the other one has said it, or this one by another name
                }
                excluded[one][other] = true;
                excluded[other][one] = true;
                conflicts.add(new Conflict(
                        List.of(candidates.get(one).use(), candidates.get(other).use()),
                        "technical services " + candidates.get(one) + " and " + candidates.get(other)
                                + " do not go together: " + candidates.get(one) + " excludes '" + name + "'"));
            }
        }
    }

    private void order(int one) {
        Candidate candidate = candidates.get(one);
        for (String name : candidate.offer().rules().before()) {
            for (int other : others(one, name)) {
                comesBefore(
                        one, other, candidate + " comes before '" + name + "', and so before " + candidates.get(other));
            }
        }
        for (String name : candidate.offer().rules().after()) {
            for (int other : others(one, name)) {
                comesBefore(
                        other, one, candidate + " comes after '" + name + "', and so after " + candidates.get(other));
            }
        }
    }

    private void comesBefore(int first, int second, String why) {
        if (orders[first][second] == null) {
            orders[first][second] = why;
        }
    }

    private int[] others(int one, String name) {
        return IntStream.range(0, candidates.size())
                .filter(other -> other != one && candidates.get(other).isMeantBy(name))
                .toArray();
    }

    private Optional<List<Integer>> shortestCircle() {
        return IntStream.range(0, candidates.size())
                .mapToObj(this::shortestCircleThrough)
                .flatMap(Optional::stream)
                .reduce((best, next) -> next.size() < best.size() ? next : best);
    }

    /** Breadth first: nobody comes back to where it started on a shorter way. */
    private Optional<List<Integer>> shortestCircleThrough(int start) {
        int[] from = new int[candidates.size()];
        Arrays.fill(from, -1);
        ArrayDeque<Integer> border = new ArrayDeque<>(List.of(start));
        while (!border.isEmpty()) {
            int here = border.remove();
            for (int next = 0; next < candidates.size(); next++) {
                if (orders[here][next] == null || from[next] >= 0) {
                    continue;
                }
                from[next] = here;
                if (next == start) {
                    return Optional.of(wayTo(start, from));
                }
                border.add(next);
            }
        }
        return Optional.empty();
    }

    private static List<Integer> wayTo(int start, int[] from) {
        List<Integer> back = new ArrayList<>();
        for (int at = from[start]; at != start; at = from[at]) {
            back.add(at);
        }
        back.add(start);
        return back.reversed();
    }

    private Conflict conflictOf(List<Integer> circle) {
        List<String> rules = IntStream.range(0, circle.size())
                .mapToObj(at -> orders[circle.get(at)][circle.get((at + 1) % circle.size())])
                .toList();
        List<Candidate> members = circle.stream().sorted().map(candidates::get).toList();
        return new Conflict(
                members.stream().map(Candidate::use).toList(),
                "technical services "
                        + String.join(
                                " and ",
                                members.stream().map(Candidate::toString).toList())
                        + " have no order: " + String.join("; ", rules));
    }

    private List<ServiceUse> sorted() {
        int[] missing = new int[candidates.size()];
        for (String[] row : orders) {
            for (int second = 0; second < row.length; second++) {
                missing[second] += row[second] == null ? 0 : 1;
            }
        }
        PriorityQueue<Integer> free = new PriorityQueue<>();
        IntStream.range(0, missing.length).filter(at -> missing[at] == 0).forEach(free::add);
        Stream.Builder<ServiceUse> sorted = Stream.builder();
        while (!free.isEmpty()) {
            int next = free.remove();
            sorted.add(candidates.get(next).use());
            for (int second = 0; second < missing.length; second++) {
                if (orders[next][second] != null && --missing[second] == 0) {
                    free.add(second);
                }
            }
        }
        return sorted.build().toList();
    }
}
