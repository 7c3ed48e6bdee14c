package org.actium.object.api;

import java.util.Optional;

/** Binds the context of an active object to its thread of service; for the bundle that runs bodies. */
public final class CurrentContext {

    private static final ScopedValue<ActiveContext> CONTEXT = ScopedValue.newInstance();

    private CurrentContext() {}

    /** Runs the task with this context as the current one. */
    public static void run(ActiveContext context, Runnable task) {
        ScopedValue.where(CONTEXT, context).run(task);
    }

    /** The context of this thread, if it is the thread of an active object. */
    public static Optional<ActiveContext> get() {
        return CONTEXT.isBound() ? Optional.of(CONTEXT.get()) : Optional.empty();
    }

    static ActiveContext require() {
        return get().orElseThrow(() -> new IllegalStateException("thread '"
                + Thread.currentThread().getName()
                + "' does not serve an active object; ActiveContext.current() works only while one runs"));
    }
}
