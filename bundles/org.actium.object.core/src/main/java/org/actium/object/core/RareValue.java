package org.actium.object.core;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A scoped value that is nearly never bound: a count spares every call looking for it. */
final class RareValue<T> {

    private final ScopedValue<T> value = ScopedValue.newInstance();
    private final AtomicInteger bound = new AtomicInteger();

    /** Runs it with the value bound. @param given {@code null} for as if it were not bound */
    <R, X extends Throwable> R where(T given, ScopedValue.CallableOp<? extends R, X> operation) throws X {
        bound.incrementAndGet();
        try {
            return ScopedValue.where(value, given).call(operation);
        } finally {
            bound.decrementAndGet();
        }
    }

    /** What is bound on this thread, or was where it was forked. */
    Optional<T> get() {
        return bound.get() == 0 || !value.isBound() ? Optional.empty() : Optional.ofNullable(value.get());
    }
}
