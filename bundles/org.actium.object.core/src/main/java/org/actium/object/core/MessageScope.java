package org.actium.object.core;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actium.codec.api.ClassScope;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.NodeRef;

/**
 * Where the classes of a message are found: our own few by name, the others as the class of the active object sees them.
 * Admitted are what its bundle defines and the types its methods name.
 */
final class MessageScope implements ClassScope {

    private static final Map<String, Class<?>> OWN = List.of(
                    BodyRef.class,
                    FutureRef.class,
                    NodeRef.class,
                    BodyId.class,
                    RuntimeAddress.class,
                    RuntimeId.class,
                    Endpoint.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private final ClassScope bundle;
    private final ClassLoader loader;
    private final Set<Class<?>> named = new HashSet<>();

    /** @param type class of the active object the message is for or from */
    MessageScope(Class<?> type) {
        this.loader = type.getClassLoader() == null ? ClassLoader.getPlatformClassLoader() : type.getClassLoader();
        this.bundle = ClassScope.of(loader);
        for (Method method : StubbedMethods.of(type)) {
            named.add(element(method.getReturnType()));
            for (Class<?> parameter : method.getParameterTypes()) {
                named.add(element(parameter));
            }
            named.addAll(List.of(method.getExceptionTypes()));
        }
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        Class<?> own = OWN.get(name);
        return own != null ? own : bundle.find(name);
    }

    @Override
    public boolean admits(Class<?> type) {
        return OWN.containsValue(type) || named.contains(type) || bundle.admits(type);
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.getComponentType()) : type;
    }
}
