package org.actium.object.spi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
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

    /**
     * Code that calls methods of a class on its instances, by signature: {@code invoke(instance, null, arguments)}. The
     * compiler sees through it, other than through a method handle that is no constant. Methods that code beside the class
     * cannot call are missing.
     *
     * @param methods that instances of the class have
     * @throws IllegalArgumentException if the class lets nobody into its package
     */
    Map<String, InvocationHandler> directCalls(Class<?> type, Collection<Method> methods);

    /** The handler, if this object is a stub made by this service. Does not call the object. */
    Optional<CallHandler> handler(Object candidate);
}
