package org.actium.object.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Creates and ends active objects. May be called from any thread, active object or not. */
@ProviderType
public interface ActiveObjects {

    /**
     * Prepares an active object of this class: {@code newActive(Counter.class, 5).on(node).start()}.
     *
     * @param type a public, non-final class with a constructor that accepts the arguments
     * @param arguments copied, like the arguments of every call
     */
    <T> Creation<T> newActive(Class<T> type, Object... arguments);

    /** Whether this is a stub of an active object. */
    boolean isActive(Object reference);

    /**
     * The identity of the active object behind a stub.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    BodyId id(Object stub);

    /**
     * Asks the active object to end; returns once the request is on its way. Callers whose requests will not be served
     * get a {@link BodyTerminatedException}. Does nothing if it has ended already.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    void terminate(Object stub, Termination when);

    /** The active objects of this runtime, in order of creation. */
    List<ObjectInfo> objects();
}
