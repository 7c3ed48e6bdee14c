package org.actium.object.core;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Where the classes of a message are found: our own few by name, those that are reachable from the methods of the active
 * object as these see them, the others as its class sees them. Admitted are what its bundle defines and what is reachable:
 * the types its methods name, what stands between their angle brackets, and in turn the types of the fields that travel,
 * what they extend, and the subclasses that sealed ones permit.
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

    /** A walk through all that an application has would admit all of it. */
    private static final int MOST_REACHABLE = 10_000;

    private final ClassScope bundle;
    private final ClassLoader loader;
    private final Map<String, Class<?>> reachable = new HashMap<>();

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
            Arrays.stream(method.getGenericExceptionTypes()).forEach(this::admit);
        }
    }

    /** For the state of such an object: also what its fields may hold. */
    static MessageScope ofState(Class<?> type) {
        MessageScope scope = new MessageScope(type);
        scope.admit(type);
        return scope;
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        Class<?> own = OWN.get(name);
        if (own != null) {
            return own;
        }
        Class<?> known = reachable.get(name);
        return known != null ? known : bundle.find(name);
    }

    @Override
    public boolean admits(Class<?> type) {
        return OWN.containsValue(type) || reachable.get(type.getName()) == type || bundle.admits(type);
    }

    /** The type, what stands between its angle brackets, and what an object of it may hold. */
    private void admit(Type type) {
        switch (type) {
            case Class<?> array when array.isArray() -> admit(array.getComponentType());
            case Class<?> plain -> admitReachable(plain);
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

    private void admitReachable(Class<?> type) {
        if (isOfJdk(type)
                || reachable.size() == MOST_REACHABLE
                || reachable.putIfAbsent(type.getName(), type) != null) {
            return; // of the JDK the codec admits what it knows
        }
        try {
            for (Field field : type.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    admit(field.getType());
                    admit(field.getGenericType());
                }
            }
            if (type.getGenericSuperclass() != null) {
                admit(type.getGenericSuperclass());
            }
            if (type.isSealed()) {
                Arrays.stream(type.getPermittedSubclasses()).forEach(this::admit);
            }
        } catch (LinkageError | TypeNotPresentException missing) {
            // no object can hold what is not there
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
