package org.actium.histories;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether each object can have done all that was seen of it one operation after the other, each at a moment between its beginning
 * and its end (Herlihy and Wing, TOPLAS 1990). Objects are judged one by one, which is enough by locality (there, Theorem 1).
 *
 * <p>The search is that of Wing and Gong with the memory of Lowe ("Testing for linearizability", 2017), all branches side by side:
 * what is kept between two events is each state the object may be in, with those unfinished operations that have taken effect
 * in it. Equal ones are one. So it takes time in the length of the history, and in the number of operations
 * at the same time to the power of two at most; an operation that nobody knows the end of is at the same time as all that follow.
 *
 * @param <S> state of an object
 */
public final class Linearizability<S> {

    private final Model<S> model;

    public Linearizability(Model<S> model) {
        this.model = model;
    }

    /** @throws MalformedHistoryException if ends do not fit beginnings, or the model does not know an operation */
    public Verdict judge(History history) {
        List<String> violations = new ArrayList<>();
        history.operationsByKey()
                .forEach((key, operations) -> judge(operations).ifPresent(why -> violations.add(key + ": " + why)));
        return new Verdict(violations);
    }

    /** @param effective places of the unfinished operations that have taken effect */
    private record Configuration<S>(S state, Set<Integer> effective) {}

    /** Those of one object; why it cannot be, if it cannot. */
    private Optional<String> judge(List<Operation> operations) {
        NavigableMap<Integer, Operation> beginnings = new TreeMap<>();
        NavigableMap<Integer, Operation> ends = new TreeMap<>();
        for (Operation operation : operations) {
            if (operation.outcome() == Event.Type.OK) {
                beginnings.put(operation.invoked(), operation);
                ends.put(operation.completed(), operation);
            } else if (operation.outcome() == Event.Type.INFO
                    && !operation.name().equals("read")) {
                beginnings.put(operation.invoked(), operation); // a read that nobody saw is no matter
            }
        }
        Map<Integer, Operation> open = new LinkedHashMap<>();
        Set<Configuration<S>> possible = Set.of(new Configuration<>(model.initial(), Set.of()));
        for (Operation ending : ends.values()) {
            NavigableMap<Integer, Operation> begun = beginnings.headMap(ending.completed(), false);
            open.putAll(begun);
            begun.clear();
            Set<Configuration<S>> before = possible;
            possible = after(ending, open, before);
            if (possible.isEmpty()) {
                return Optional.of(ending + " cannot have been; before its end the object was one of "
                        + before.stream().map(Configuration::state).distinct().toList() + ", and open were "
                        + open.values().stream().map(Operation::toString).collect(Collectors.joining("; ")));
            }
            open.remove(ending.invoked());
        }
        return Optional.empty();
    }

    /** What may be when the operation has ended, since it has taken effect then. */
    private Set<Configuration<S>> after(
            Operation ending, Map<Integer, Operation> open, Set<Configuration<S>> possible) {
        Set<Configuration<S>> known = new HashSet<>(possible);
        Set<Configuration<S>> next = new HashSet<>();
        List<Configuration<S>> left = new ArrayList<>(possible);
        while (!left.isEmpty()) {
            Configuration<S> configuration = left.removeLast();
            if (configuration.effective().contains(ending.invoked())) {
                Set<Integer> others = new HashSet<>(configuration.effective());
                others.remove(ending.invoked());
                next.add(new Configuration<>(configuration.state(), Set.copyOf(others)));
                continue;
            }
            for (Operation operation : open.values()) {
                if (configuration.effective().contains(operation.invoked())) {
                    continue;
                }
                model.apply(configuration.state(), operation).ifPresent(state -> {
                    Set<Integer> effective = new HashSet<>(configuration.effective());
                    effective.add(operation.invoked());
                    var following = new Configuration<>(state, Set.copyOf(effective));
                    if (known.add(following)) {
                        left.add(following);
                    }
                });
            }
        }
        return next;
    }
}
