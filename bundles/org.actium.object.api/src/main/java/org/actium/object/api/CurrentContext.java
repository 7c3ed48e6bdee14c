package org.actium.object.api;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Binds the context of an active object to its thread of service; for the bundle that runs bodies. Threads that this one
 * starts, such as the forks of a structured task scope, do not get it: they call on behalf of nobody.
 */
public final class CurrentContext {

    /** Found for each call: cheaper than a scoped value, and bound without an allocation. */
    private static final ThreadLocal<Place> PLACES = new ThreadLocal<>();

    /** What belongs to one thread. */
    private static final class Place {
        private ActiveContext context; // null while it serves nobody
    }

    private CurrentContext() {}

    /** Runs the task with this context as the current one. */
    public static void run(ActiveContext context, Runnable task) {
        run(context, _ -> task.run());
    }

    /** As the other, for a task that is the same for many contexts. */
    public static <C extends ActiveContext> void run(C context, Consumer<? super C> task) {
        Place place = place();
        ActiveContext around = place.context;
        place.context = context;
        try {
            task.accept(context);
        } finally {
            place.context = around;
        }
    }

    private static Place place() {
        Place known = PLACES.get();
        if (known != null) {
            return known;
        }
        Place made = new Place();
        PLACES.set(made);
        return made;
    }

    /** The context of this thread, if it is the thread of an active object. */
    public static Optional<ActiveContext> get() {
        Place place = PLACES.get();
        return place == null ? Optional.empty() : Optional.ofNullable(place.context);
    }

    static ActiveContext require() {
        return get().orElseThrow(() -> new IllegalStateException("thread '"
                + Thread.currentThread().getName()
                + "' does not serve an active object; ActiveContext.current() works only while one runs"));
    }
}
