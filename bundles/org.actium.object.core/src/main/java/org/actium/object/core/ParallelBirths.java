package org.actium.object.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CreationException;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Threads;

/** Creates one object on each of several nodes, at the same time: all of them, or none that stays. */
final class ParallelBirths {

    private static final Object[] NO_ARGUMENTS = {};

    private final ObjectSpace space;
    private final Threads threads;
    private final Waits waits;
    private final Abandoned abandoned;

    ParallelBirths(ObjectSpace space, Threads threads, Waits waits) {
        this.space = space;
        this.threads = threads;
        this.waits = waits;
        this.abandoned = new Abandoned(space, threads);
    }

    <T> List<T> start(List<Node> nodes, Class<T> type, Object[][] arguments) {
        Objects.requireNonNull(nodes, "nodes: name the nodes on which the objects are to be");
        Objects.requireNonNull(type, "type: say of which class the active objects are to be");
        Objects.requireNonNull(arguments, "arguments: leave them out if there are none");
        if (arguments.length != 0 && arguments.length != nodes.size()) {
            throw new IllegalArgumentException("active objects of class " + type.getName() + " on " + nodes.size()
                    + " nodes need as many arrays of arguments, not " + arguments.length);
        }
        space.calls().settle();
        List<ReplySlot> slots = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            slots.add(begin(nodes.get(i), type, arguments.length == 0 ? NO_ARGUMENTS : arguments[i]));
        }
        List<String> reasons = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        List<T> stubs = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            switch (outcomeOf(slots, i)) {
                case Outcome.Value(Object stub) -> stubs.add(type.cast(stub));
                case Outcome.Failure(Throwable cause) -> {
                    failures.add(cause);
                    reasons.add("node " + nodes.get(i).name() + ": " + cause.getMessage());
                }
            }
        }
        if (!failures.isEmpty()) {
            stubs.forEach(abandoned::end);
            throw failure(type, nodes.size(), reasons, failures);
        }
        return Collections.unmodifiableList(stubs);
    }

    private Outcome outcomeOf(List<ReplySlot> slots, int index) {
        try {
            return slots.get(index).await();
        } catch (CancellationException interrupted) {
            slots.forEach(abandoned::endWhenThere);
            throw interrupted;
        }
    }

    private ReplySlot begin(Node node, Class<?> type, Object[] arguments) {
        ReplySlot slot = new ReplySlot("creation of " + type.getName(), node.name(), Optional.empty(), waits);
        threads.run(() -> slot.set(create(node, type, arguments)));
        return slot;
    }

    private Outcome create(Node node, Class<?> type, Object[] arguments) {
        try {
            return new Outcome.Value(space.newActive(type, arguments).on(node).start());
        } catch (RuntimeException | Error failed) {
            return new Outcome.Failure(failed);
        }
    }

    private static CreationException failure(Class<?> type, int nodes, List<String> reasons, List<Throwable> failures) {
        CreationException failure = new CreationException("active objects of class " + type.getName() + ": "
                + failures.size() + " of " + nodes + " were not created, and the others are ended; "
                + String.join("; ", reasons));
        failures.forEach(failure::addSuppressed);
        return failure;
    }
}
