package org.actium.debug.api;

import java.io.Serializable;
import java.util.Objects;
import org.actium.object.api.BodyId;

/**
 * An active object that stands still.
 *
 * @param name what it is called in messages and consoles
 * @param runtime name of the runtime it is on
 * @param method what it serves next, for example {@code add(int)}
 * @param caller identity of the active object that sent the request; empty text if a thread did that serves none
 */
public record Stop(BodyId object, String name, String runtime, String method, String caller) implements Serializable {

    public Stop {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(caller, "caller");
    }
}
