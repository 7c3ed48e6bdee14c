package org.actium.object.core;

import java.io.Serializable;
import java.util.Locale;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.runtime.api.RuntimeAddress;

/**
 * A stub as it is written into a message.
 *
 * @param given what it is called; {@code null} if by its type and number, as most are, of whom none keeps its name
 */
record BodyRef(BodyId id, RuntimeAddress home, String given, Class<?> type) implements Serializable {

    boolean isRecoverable() {
        return home.id().equals(ObjectRef.ANYWHERE.id());
    }

    /** What people call it. */
    String name() {
        return given == null ? usualName(type, id) : given;
    }

    /** For stubs of another type, unless these are of that type already. */
    BodyRef as(Class<?> other) {
        return other.isAssignableFrom(type) ? this : new BodyRef(id, home, name(), other);
    }

    /** Of an object that was given none. */
    static String usualName(Class<?> type, BodyId id) {
        return type.getSimpleName().toLowerCase(Locale.ROOT) + "-" + id.number();
    }
}
