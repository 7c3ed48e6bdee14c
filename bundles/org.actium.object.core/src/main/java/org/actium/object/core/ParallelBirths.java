package org.actium.object.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CreationException;
import org.actium.object.api.Termination;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Threads;

/** Creates one object on each of several nodes, at the same time: all of them, or none that stays. */
final class ParallelBirths {

    private static final Object[] NO_ARGUMENTS = {};

    private final ObjectSpace space;
    private final Threads threads;
    private final Waits waits;

    ParallelBirths(ObjectSpace space, Threads threads, Waits waits) {
        this.space = space;
        this.threads = threads;
        this.waits = waits;
    }

    <T> List<T> start(List<Node> nodes, Class<T> type, Object[][] arguments) {
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
            stubs.forEach(this::end);
            throw failure(type, nodes.size(), reasons, failures);
        }
        return Collections.unmodifiableList(stubs);
    }

    private Outcome outcomeOf(List<ReplySlot> slots, int index) {
        try {
            return slots.get(index).await();
        } catch (CancellationException interrupted) {
            slots.forEach(slot -> slot.whenKnown(this::endCreated)); // nobody will ever hold their stubs
            throw interrupted;
        }
    }

    private void endCreated(Outcome outcome) {
        if (outcome instanceof Outcome.Value(Object stub)) {
            threads.run(() -> end(stub));
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

    private void end(Object stub) {
        try {
            space.terminate(stub, Termination.NOW);
        } catch (RuntimeException unreachable) {
            // its runtime was lost, and the object with it
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
