package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.EndActive;
import org.actium.object.api.InitActive;
import org.actium.object.api.RunActive;

/** What one active object does of its own accord: at its start, while it lives, at its end. */
final class Activity {

    private final Optional<InitActive> init;
    private final Optional<RunActive> run;
    private final Optional<EndActive> end;
    private boolean begun; // there was nothing to do for that, or it is done

    private Activity(Optional<InitActive> init, Optional<RunActive> run, Optional<EndActive> end) {
        this.init = init;
        this.run = run;
        this.end = end;
        this.begun = init.isEmpty();
    }

    /** For each part the object given at creation decides if it has that part, else the active object itself. */
    static Activity of(Optional<Object> given, Object servant) {
        return new Activity(
                part(InitActive.class, given, servant),
                part(RunActive.class, given, servant),
                part(EndActive.class, given, servant));
    }

    /** Whether objects of that class have any part of one. */
    static boolean isActing(Class<?> type) {
        return InitActive.class.isAssignableFrom(type)
                || RunActive.class.isAssignableFrom(type)
                || EndActive.class.isAssignableFrom(type);
    }

    private static <T> Optional<T> part(Class<T> type, Optional<Object> given, Object servant) {
        Object acting = given.isPresent() && type.isInstance(given.get()) ? given.get() : servant;
        return type.isInstance(acting) ? Optional.of(type.cast(acting)) : Optional.empty();
    }

    boolean isEmpty() {
        return init.isEmpty() && run.isEmpty() && end.isEmpty();
    }

    void init(ActiveContext context) {
        init.ifPresent(present -> present.initActivity(context));
        begun = true;
    }

    /** @return whether there was something to run, and it has come to its end */
    boolean run(ActiveContext context) {
        run.ifPresent(present -> present.runActivity(context));
        return run.isPresent();
    }

    /** What has not begun has nothing to end. */
    void end(ActiveContext context) {
        end.filter(present -> begun).ifPresent(present -> present.endActivity(context));
    }
}
