package org.actium.histories;

import java.util.List;
import java.util.Optional;

/**
 * {@code read}; {@code write}; {@code cas} of {@code [expected, new]}, which is {@code ok} if it wrote and {@code fail} if something
 * else was there. In the beginning there is {@link Value.Nothing}.
 */
public final class Register implements Model<Value> {

    @Override
    public Value initial() {
        return Value.nothing();
    }

    @Override
    public Optional<Value> apply(Value state, Operation operation) {
        return switch (operation.name()) {
            case "read" ->
                operation.outcome() != Event.Type.OK || operation.result().equals(state)
                        ? Optional.of(state)
                        : Optional.empty();
            case "write" -> Optional.of(operation.argument());
            case "cas" -> swapped(state, operation);
            default -> throw new MalformedHistoryException("a register has no such operation: " + operation);
        };
    }

    private static Optional<Value> swapped(Value state, Operation operation) {
        if (operation.argument() instanceof Value.Numbers(List<Long> numbers) && numbers.size() == 2) {
            return state.equals(Value.of(numbers.get(0))) ? Optional.of(Value.of(numbers.get(1))) : Optional.empty();
        }
        throw new MalformedHistoryException("cas wants [expected,new]: " + operation);
    }
}
