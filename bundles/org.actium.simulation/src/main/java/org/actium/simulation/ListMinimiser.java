package org.actium.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list that fails smaller while it still fails, until no single item can be left out or the budget of
 * attempts is used up: ddmin of Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE
 * 2002.
 */
public final class ListMinimiser<T> {

    private final Predicate<List<T>> fails;
    private int attemptsLeft;

    /** @param fails whether a list fails as the whole one does; asked with sub-lists in the original order */
    public ListMinimiser(Predicate<List<T>> fails, int attempts) {
        this.fails = fails;
        this.attemptsLeft = attempts;
    }

    /** @param items known to fail */
    public List<T> minimise(List<T> items) {
        if (items.isEmpty() || attempt(List.of())) {
            return List.of();
        }
        List<T> smallest = items;
        int parts = 2;
        while (smallest.size() > 1 && attemptsLeft >= 0) {
            List<List<T>> split = split(smallest, parts);
            List<T> failing = firstFailing(split);
            if (failing != null) {
                smallest = failing;
                parts = 2;
                continue;
            }
            failing = parts == 2 ? null : firstFailing(complements(split));
            if (failing != null) {
                smallest = failing;
                parts = Math.max(parts - 1, 2);
            } else if (parts < smallest.size()) {
                parts = Math.min(parts * 2, smallest.size());
            } else {
                break;
            }
        }
        return List.copyOf(smallest);
    }

    private List<T> firstFailing(List<List<T>> candidates) {
        return candidates.stream().filter(this::attempt).findFirst().orElse(null);
    }

    /** Whether it might have got smaller with more attempts. */
    public boolean isUsedUp() {
        return attemptsLeft < 0;
    }

    private boolean attempt(List<T> candidate) {
        return attemptsLeft-- > 0 && fails.test(candidate);
    }

    private static <T> List<List<T>> split(List<T> items, int parts) {
        List<List<T>> split = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            split.add(items.subList(items.size() * i / parts, items.size() * (i + 1) / parts));
        }
        return split;
    }

    private static <T> List<List<T>> complements(List<List<T>> split) {
        List<List<T>> complements = new ArrayList<>();
        for (List<T> without : split) {
            List<T> rest = new ArrayList<>();
            split.stream().filter(part -> part != without).forEach(rest::addAll);
            complements.add(rest);
        }
        return complements;
    }
}
