package org.actium.object.core;

import java.io.Serializable;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;

/** A stub as it is written into a message. */
record BodyRef(BodyId id, RuntimeAddress home, String name, Class<?> type) implements Serializable {

    /** For stubs of another type, unless these are of that type already. */
    BodyRef as(Class<?> other) {
        return other.isAssignableFrom(type) ? this : new BodyRef(id, home, name, other);
    }
}
