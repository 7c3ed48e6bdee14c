package org.actium.object.spi;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * An active object as it is written down outside of messages between active objects.
 *
 * @param home the runtime it is on; {@link #ANYWHERE} if it is recoverable
 * @param name what it is called in messages and consoles
 */
public record ObjectRef(BodyId id, RuntimeAddress home, String name) implements Serializable {

    /** The home of all recoverable objects: where they are is asked when they are called. No runtime has this identity. */
    public static final RuntimeAddress ANYWHERE = new RuntimeAddress(new RuntimeId(0, 0), "anywhere", List.of());

    public ObjectRef {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(name, "name");
    }
}
