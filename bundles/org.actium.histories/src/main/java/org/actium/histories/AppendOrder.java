package org.actium.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether lists that only grow can have been seen as they were: {@code append} of a number, each number once for a list, and {@code
 * read} of the whole list. What was appended is in it exactly once, and nothing else; what was over before another append began
 * is in front of that, so each process finds its own in its order; each read is a prefix of the longest one, has all that had been
 * appended when it began, nothing that was not begun when it ended, and not less than one that was over before. That is exactly
 * linearizability of such a list, for histories of any length. Each list should be read in the end: what nobody read is not
 * looked for.
 */
public final class AppendOrder {

    /** @throws MalformedHistoryException if ends do not fit beginnings, or there are other operations */
    public Verdict judge(History history) {
        List<String> violations = new ArrayList<>();
        history.operationsByKey()
                .forEach((key, operations) -> judge(operations, why -> violations.add(key + ": " + why)));
        return new Verdict(violations);
    }

    private static void judge(List<Operation> operations, Consumer<String> violation) {
        Map<Long, Operation> appends = new LinkedHashMap<>();
        List<Operation> reads = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.argument() instanceof Value.Number(long number)
                    && operation.name().equals("append")) {
                if (appends.put(number, operation) != null) {
                    throw new MalformedHistoryException(number + " is appended twice, by clients: " + operation);
                }
            } else if (!operation.name().equals("read")) {
                throw new MalformedHistoryException("a list has no such operation: " + operation);
            } else if (operation.outcome() == Event.Type.OK) {
                reads.add(operation);
            }
        }
        Operation longest = null;
        for (Operation read : reads) {
            if (longest == null || seen(read).size() > seen(longest).size()) {
                longest = read;
            }
        }
        if (longest == null) {
            return;
        }
        Map<Long, Integer> places = placesOf(longest, violation);
        judgeOrder(appends, seen(longest), places, violation);
        judgeReads(reads, violation);
        for (Operation read : reads) {
            List<Long> seen = seen(read);
            if (!seen.equals(seen(longest).subList(0, seen.size()))) {
                violation.accept(brief(read) + " is no prefix of " + brief(longest));
            } else {
                judgeRead(read, seen, appends, places, violation);
            }
        }
    }

    private static List<Long> seen(Operation read) {
        return switch (read.result()) {
            case Value.Numbers(List<Long> numbers) -> numbers;
            case Value.Nothing _ -> List.of();
            case Value.Number _ -> throw new MalformedHistoryException("a read of a list has no list: " + read);
        };
    }

    private static Map<Long, Integer> placesOf(Operation read, Consumer<String> violation) {
        Map<Long, Integer> places = new HashMap<>();
        List<Long> seen = seen(read);
        for (int place = 0; place < seen.size(); place++) {
            Integer before = places.putIfAbsent(seen.get(place), place);
            if (before != null) {
                violation.accept(seen.get(place) + " is there twice, at " + before + " and " + place);
            }
        }
        return places;
    }

    /** What was over before another one began is in front of it. */
    private static void judgeOrder(
            Map<Long, Operation> appends, List<Long> seen, Map<Long, Integer> places, Consumer<String> violation) {
        Operation latest = null; // of those in front, the one that began last
        for (Long number : seen) {
            Operation append = appends.get(number);
            if (append == null) {
                continue; // told elsewhere
            }
            if (latest != null && append.precedes(latest)) {
                violation.accept(append + " was over before " + latest + " began, and is behind it");
            }
            if (latest == null || latest.invoked() < append.invoked()) {
                latest = append;
            }
        }
        if (latest == null) {
            return;
        }
        for (Operation append : appends.values()) {
            if (append.outcome() == Event.Type.OK && !places.containsKey(number(append)) && append.precedes(latest)) {
                violation.accept(append + " was over before " + latest + " began, and only the latter is there");
            }
        }
    }

    private static void judgeReads(List<Operation> reads, Consumer<String> violation) {
        for (Operation read : reads) {
            reads.stream()
                    .filter(later -> read.precedes(later)
                            && seen(later).size() < seen(read).size())
                    .findFirst()
                    .ifPresent(later -> violation.accept(brief(later) + " has less than an earlier " + brief(read)));
        }
    }

    private static void judgeRead(
            Operation read,
            List<Long> seen,
            Map<Long, Operation> appends,
            Map<Long, Integer> places,
            Consumer<String> violation) {
        for (Long number : seen) {
            Operation append = appends.get(number);
            if (append == null) {
                violation.accept(brief(read) + " has " + number + ", which nobody appended");
            } else if (append.outcome() == Event.Type.FAIL) {
                violation.accept(brief(read) + " has " + number + ", whose append failed");
            } else if (read.precedes(append)) {
                violation.accept(brief(read) + " has " + number + ", which was appended later");
            }
        }
        appends.forEach((number, append) -> {
            Integer place = places.get(number);
            if (append.outcome() == Event.Type.OK && append.precedes(read) && (place == null || place >= seen.size())) {
                violation.accept(brief(read) + " lacks " + number + ", which had been appended");
            }
        });
    }

    private static long number(Operation append) {
        return ((Value.Number) append.argument()).number();
    }

    private static String brief(Operation read) {
        return "read of " + seen(read).size() + " by process " + read.process() + " [" + read.invoked() + ", "
                + read.completed() + "]";
    }
}
