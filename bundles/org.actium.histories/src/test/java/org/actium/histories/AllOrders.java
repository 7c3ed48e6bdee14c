package org.actium.histories;

import java.util.List;
import java.util.Optional;

/** Linearizability by trying all orders, straight from its definition: for a few operations of one object. */
final class AllOrders<S> {

    private final Model<S> model;

    AllOrders(Model<S> model) {
        this.model = model;
    }

    boolean allow(List<Operation> operations) {
        return allow(
                model.initial(),
                operations.stream()
                        .filter(operation -> operation.outcome() != Event.Type.FAIL)
                        .toList());
    }

    /** Whether those can follow that are left: all that ended, and some of those that nobody knows of. */
    private boolean allow(S state, List<Operation> left) {
        if (left.stream().allMatch(operation -> operation.outcome() == Event.Type.INFO)) {
            return true;
        }
        for (Operation first : left) {
            if (left.stream().anyMatch(other -> other.completed() < first.invoked())) {
                continue;
            }
            Optional<S> next = model.apply(state, first);
            if (next.isPresent()
                    && allow(
                            next.get(),
                            left.stream().filter(other -> other != first).toList())) {
                return true;
            }
        }
        return false;
    }
}
