package org.actium.future.core;

import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.spi.CallHandler;
import org.actium.object.spi.StubMethod;

/** What a placeholder delegates to: waits by necessity, then goes to the value. */
record Placeholder(PendingOutcome outcome, FuturePlaceholders placeholders) implements CallHandler {

    @Override
    public Object call(StubMethod method, Object[] arguments) throws Throwable {
        return switch (outcome.await()) {
            case Outcome.Value(Object value) -> {
                if (value == null) {
                    throw new NullPointerException("cannot call " + method + ": " + outcome.call() + " returned null");
                }
                yield method.invokeOn(value, method.name().equals("equals") ? valuesOf(arguments) : arguments);
            }
            case Outcome.Failure failure -> throw outcome.thrown(failure);
        };
    }

    /** Two futures are equal if their values are. */
    private Object[] valuesOf(Object[] arguments) throws Throwable {
        Object[] values = arguments.clone();
        for (int i = 0; i < values.length; i++) {
            PendingOutcome other = placeholders.outcome(values[i]).orElse(null);
            if (other != null) {
                values[i] = switch (other.await()) {
                    case Outcome.Value(Object value) -> value;
                    case Outcome.Failure failure -> throw other.thrown(failure);
                };
            }
        }
        return values;
    }
}
