package org.actium.application.api;

/** Binds an {@link Actium} to the thread that calls a {@code main}; for whatever runs applications. */
public final class CurrentActium {

    private static final ScopedValue<Actium> CURRENT = ScopedValue.newInstance();

    private CurrentActium() {}

    /** Calls the operation with this Actium as the current one and returns what it returns. */
    public static <R, X extends Throwable> R call(Actium actium, ScopedValue.CallableOp<R, X> operation) throws X {
        return ScopedValue.where(CURRENT, actium).call(operation);
    }

    static Actium require() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("thread '" + Thread.currentThread().getName()
                    + "' was not started by Actium; start the application with 'actium run', or hand the Actium on");
        }
        return CURRENT.get();
    }
}
