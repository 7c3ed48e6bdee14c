package org.actium.object.api;

import java.util.Optional;

/**
 * Binds the context of an active object to its thread of service; for the bundle that runs bodies. Threads that inherit
 * scoped values, such as the forks of a structured task scope, do not get it: they call on behalf of nobody.
 */
public final class CurrentContext {

    private static final ScopedValue<Bound> CONTEXT = ScopedValue.newInstance();

    private static final Bound NOBODY = new Bound(null, null);

    private record Bound(ActiveContext context, Thread thread) {}

    private CurrentContext() {}

    /** Runs the task with this context as the current one. */
    public static void run(ActiveContext context, Runnable task) {
        ScopedValue.where(CONTEXT, new Bound(context, Thread.currentThread())).run(task);
    }

    /** The context of this thread, if it is the thread of an active object. */
    public static Optional<ActiveContext> get() {
        Bound bound = CONTEXT.orElse(NOBODY);
        return bound.thread() == Thread.currentThread() ? Optional.of(bound.context()) : Optional.empty();
    }

    static ActiveContext require() {
        return get().orElseThrow(() -> new IllegalStateException("thread '"
                + Thread.currentThread().getName()
                + "' does not serve an active object; ActiveContext.current() works only while one runs"));
    }
}
