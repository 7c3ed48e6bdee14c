package org.actium.object.core;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        for (Method method : ServantClass.methodsOf(type).values()) {
            Stream.of(method.getParameterTypes(), method.getGenericParameterTypes())
                    .flatMap(Arrays::stream)
                    .forEach(this::admit);
            admit(method.getReturnType());
            admit(method.getGenericReturnType());
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

    /** The type and what stands between its angle brackets. */
    private void admit(Type type) {
        switch (type) {
            case Class<?> array when array.isArray() -> admit(array.getComponentType());
            case Class<?> plain -> named.add(plain);
            case GenericArrayType array -> admit(array.getGenericComponentType());
            case ParameterizedType parameterized -> {
                admit(parameterized.getRawType());
                for (Type argument : parameterized.getActualTypeArguments()) {
                    admit(argument);
                }
            }
            case WildcardType wildcard -> {
                for (Type bound : wildcard.getUpperBounds()) {
                    admit(bound);
                }
            }
            default -> {} // a type variable: its bound is admitted with the erased type
        }
    }
}
