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

    private Activity(Optional<InitActive> init, Optional<RunActive> run, Optional<EndActive> end) {
        this.init = init;
        this.run = run;
        this.end = end;
    }

    /** For each part the object given at creation decides if it has that part, else the active object itself. */
    static Activity of(Optional<Object> given, Object servant) {
        return new Activity(
                part(InitActive.class, given, servant),
                part(RunActive.class, given, servant),
                part(EndActive.class, given, servant));
    }

    private static <T> Optional<T> part(Class<T> type, Optional<Object> given, Object servant) {
        return given.filter(type::isInstance)
                .or(() -> Optional.of(servant).filter(type::isInstance))
                .map(type::cast);
    }

    boolean isEmpty() {
        return init.isEmpty() && run.isEmpty() && end.isEmpty();
    }

    void init(ActiveContext context) {
        init.ifPresent(present -> present.initActivity(context));
    }

    /** @return whether there was something to run, and it has come to its end */
    boolean run(ActiveContext context) {
        run.ifPresent(present -> present.runActivity(context));
        return run.isPresent();
    }

    void end(ActiveContext context) {
        end.ifPresent(present -> present.endActivity(context));
    }
}
