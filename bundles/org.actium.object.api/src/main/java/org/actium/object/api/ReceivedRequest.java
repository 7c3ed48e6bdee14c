package org.actium.object.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A request in the queue of an active object, or taken from it, as the object itself sees it. */
@ProviderType
public interface ReceivedRequest {

    /** Name of the method. */
    String method();

    List<Class<?>> parameterTypes();

    /** What the method will get, primitives boxed; changing an argument changes what is served. */
    List<Object> arguments();

    /** The active object that sent it; empty if it came from a thread that serves none. */
    Optional<BodyId> sender();

    /** Whether no reply is expected. */
    boolean oneWay();
}
