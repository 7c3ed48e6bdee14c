package org.actium.object.spi;

import java.io.Serializable;
import java.util.Objects;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;

/**
 * An active object as it is written down outside of messages between active objects.
 *
 * @param home the runtime it is on
 * @param name what it is called in messages and consoles
 */
public record ObjectRef(BodyId id, RuntimeAddress home, String name) implements Serializable {

    public ObjectRef {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(name, "name");
    }
}
