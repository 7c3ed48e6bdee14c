package org.actium.object.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generates stubs: subtypes of a given type whose methods all end in a {@link CallHandler}. A class is generated once
 * per type and class loader and unloaded with it; instances are made without running a constructor of the type.
 */
@ProviderType
public interface Stubs {

    /** The rule that keeps this type from having stubs, for example {@code class Point is final}; empty if none does. */
    Optional<String> obstacle(Class<?> type);

    /**
     * A new stub.
     *
     * @throws IllegalArgumentException with the obstacle, if there is one
     */
    <T> T stub(Class<T> type, CallHandler handler);

    /** The type the stub was made for, if this object is a stub made by this service. */
    Optional<Class<?>> stubbedType(Object candidate);

    /** The handler, if this object is a stub made by this service. Does not call the object. */
    Optional<CallHandler> handler(Object candidate);
}
