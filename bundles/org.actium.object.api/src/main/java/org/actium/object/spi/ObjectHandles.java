package org.actium.object.spi;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** Turns stubs into what can be written down, and back; knows what lives in this runtime. */
@ProviderType
public interface ObjectHandles {

    /** @throws IllegalArgumentException if the argument is not a stub of an active object */
    ObjectRef ref(Object stub);

    /**
     * A stub. Nothing is sent: whether the object lives, and is of that type, shows at the first call.
     *
     * @throws IllegalArgumentException if that type cannot have stubs
     */
    <T> T stub(Class<T> type, ObjectRef ref);

    /** An object that lives in this runtime; empty if it ended, or lives elsewhere. */
    Optional<LocalObject> here(BodyId id);

    /** @param type its class */
    record LocalObject(ObjectRef ref, Class<?> type) {}

    /** Tells the listener of every object of this runtime that ends from now on. */
    Registration listen(ObjectListener listener);

    /** Asks the guard before any object of this runtime begins from now on, be it a copy of one that is elsewhere. */
    Registration guard(BirthGuard guard);
}
