package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the books with what was ordered: every order is in one book, that of whom it was for, and once; those of one
 * sender are in the order in which they were sent; and who was told a page finds that order on it, whatever was lost and
 * recovered since.
 */
final class Audit {

    /** Name of the order to whom it was for. */
    private final Map<String, String> targets = new TreeMap<>();

    /** By sender and target, what was sent. */
    private final Map<String, List<String>> sent = new LinkedHashMap<>();

    /** Page numbers that somebody outside was told, by order. */
    private final Map<String, Integer> told = new TreeMap<>();

    /** Somebody outside is about to send this. */
    void ordered(String by, String to, Order order) {
        order.all(to).forEach(step -> targets.put(step.order().name(), step.to()));
        sent.computeIfAbsent(by + " to " + to, pair -> new ArrayList<>()).add(order.name());
    }

    /** @return what is wrong */
    Optional<String> told(String order, int page) {
        Integer before = told.putIfAbsent(order, page);
        return before == null
                ? Optional.empty()
                : Optional.of(order + " was answered twice, with pages " + before + " and " + page);
    }

    int orders() {
        return targets.size();
    }

    /** @return what is wrong */
    Optional<String> compare(Map<String, List<Bookkeeper.Page>> books) {
        Map<String, String> found = new TreeMap<>();
        Map<String, List<String>> expected = new LinkedHashMap<>(sent);
        for (Map.Entry<String, List<Bookkeeper.Page>> book : books.entrySet()) {
            for (Bookkeeper.Page page : book.getValue()) {
                String name = page.order().name();
                String other = found.put(name, book.getKey());
                if (other != null) {
                    return Optional.of(name + " is written down twice, by " + other + " and " + book.getKey());
                }
                if (!book.getKey().equals(targets.get(name))) {
                    return Optional.of(
                            name + ", which was for " + targets.get(name) + ", is written down by " + book.getKey());
                }
                page.order()
                        .steps()
                        .forEach(step -> expected.computeIfAbsent(
                                        book.getKey() + " to " + step.to(), pair -> new ArrayList<>())
                                .add(step.order().name()));
            }
        }
        return targets.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .findFirst()
                .map(name -> name + " is not written down by " + targets.get(name))
                .or(() -> misplaced(books))
                .or(() -> disordered(books, expected));
    }

    private Optional<String> misplaced(Map<String, List<Bookkeeper.Page>> books) {
        for (Map.Entry<String, Integer> answer : told.entrySet()) {
            Optional<String> wrong = misplaced(books, "somebody outside", answer.getKey(), answer.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (Map.Entry<String, List<Bookkeeper.Page>> book : books.entrySet()) {
            for (Bookkeeper.Page page : book.getValue()) {
                for (Map.Entry<String, Integer> answer : page.answers().entrySet()) {
                    Optional<String> wrong = misplaced(books, book.getKey(), answer.getKey(), answer.getValue());
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> misplaced(Map<String, List<Bookkeeper.Page>> books, String who, String order, int number) {
        String by = targets.get(order);
        List<Bookkeeper.Page> pages = books.get(by);
        String there = number < pages.size() ? pages.get(number).order().name() : "nothing";
        return there.equals(order)
                ? Optional.empty()
                : Optional.of(who + " was told that " + order + " is on page " + number + " of " + by + ", where "
                        + there + " is: what was seen has been undone");
    }

    private static Optional<String> disordered(
            Map<String, List<Bookkeeper.Page>> books, Map<String, List<String>> expected) {
        for (Map.Entry<String, List<String>> pair : expected.entrySet()) {
            String target = pair.getKey().substring(pair.getKey().indexOf(" to ") + " to ".length());
            List<String> written = books.get(target).stream()
                    .map(page -> page.order().name())
                    .filter(pair.getValue()::contains)
                    .toList();
            if (!written.equals(pair.getValue())) {
                return Optional.of(
                        "sent from " + pair.getKey() + ": " + pair.getValue() + ", written down: " + written);
            }
        }
        return Optional.empty();
    }
}
