package org.actium.codec.api;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types whose objects may be in values of given types, as far as the declarations say so; those of the JDK are left out.
 * From each type one reaches
 *
 * <ul>
 *   <li>the element type of an array, what stands between angle brackets, and the bounds of a wildcard and a type variable;
 *   <li>of a serializable class its superclass and the types of its fields, static and transient ones excepted; the components
 *       of a record are its fields;
 *   <li>of a sealed type the subclasses it permits.
 * </ul>
 *
 * <p>Through a field of type {@code Object}, of an interface or of an abstract class, unless those are sealed, one reaches
 * nothing that extends them: everybody could. Classes are found as those see them that name them, and none is initialized.
 *
 * <p>Immutable. The walk takes some microseconds for each class: keep the result.
 */
public final class ReachableTypes {

    /** A walk through all that an application has would admit all of it. */
    static final int MOST = 10_000;

    private final String whose;
    private final int most;
    private final Map<String, Class<?>> types = new HashMap<>();

    /** Found, and not looked into yet. */
    private final Deque<Class<?>> left = new ArrayDeque<>();

    private ReachableTypes(String whose, Collection<? extends Type> roots, int most) {
        this.whose = Objects.requireNonNull(whose, "whose");
        this.most = most;
        Set<Type> variables = new HashSet<>();
        roots.forEach(root -> reach(root, variables));
        while (!left.isEmpty()) {
            lookInto(left.remove(), variables);
        }
    }

    /**
     * @param whose for messages: to whom the types belong
     * @throws CodecException if they are more than 10 000
     */
    public static ReachableTypes from(String whose, Collection<? extends Type> roots) {
        return from(whose, roots, MOST);
    }

    static ReachableTypes from(String whose, Collection<? extends Type> roots, int most) {
        return new ReachableTypes(whose, roots, most);
    }

    /** What the method takes, returns and throws. */
    public static Stream<Type> named(Method method) {
        return Stream.of(
                        method.getGenericParameterTypes(),
                        method.getParameterTypes(), // erased ones too: of a type variable they may be another one
                        new Type[] {method.getGenericReturnType(), method.getReturnType()},
                        method.getGenericExceptionTypes(),
                        method.getExceptionTypes())
                .flatMap(Arrays::stream);
    }

    /** The one with that name. */
    public Optional<Class<?>> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    public boolean contains(Class<?> type) {
        return types.get(type.getName()) == type;
    }

    private void reach(Type type, Set<Type> variables) {
        switch (type) {
            case Class<?> array when array.isArray() -> reach(array.getComponentType(), variables);
            case Class<?> plain -> reach(plain);
            case GenericArrayType array -> reach(array.getGenericComponentType(), variables);
            case ParameterizedType parameterized -> {
                reach(parameterized.getRawType(), variables);
                reachAll(parameterized.getActualTypeArguments(), variables);
                if (parameterized.getOwnerType() != null) {
                    reach(parameterized.getOwnerType(), variables);
                }
            }
            case WildcardType wildcard -> {
                reachAll(wildcard.getUpperBounds(), variables);
                reachAll(wildcard.getLowerBounds(), variables);
            }
            case TypeVariable<?> variable -> {
                if (variables.add(variable)) { // T extends Comparable<T>
                    reachAll(variable.getBounds(), variables);
                }
            }
            default -> throw new IllegalArgumentException(type + " of " + whose + " is no type that Java has");
        }
    }

    private void reachAll(Type[] all, Set<Type> variables) {
        for (Type each : all) {
            reach(each, variables);
        }
    }

    private void reach(Class<?> type) {
        if (type.isPrimitive() || isOfJdk(type) || types.putIfAbsent(type.getName(), type) != null) {
            return; // of the JDK the codec admits what it knows
        }
        if (types.size() > most) {
            throw new CodecException("more than " + most + " types can be reached from " + whose + ", the last one is "
                    + type.getName()
                    + ": so many are not admitted in messages. Take the classes of a framework out of its"
                    + " methods and of what these take and return: declare such a field transient, or as an interface");
        }
        left.add(type);
    }

    /** What is not there cannot be in a value either. */
    private void lookInto(Class<?> type, Set<Type> variables) {
        if (Serializable.class.isAssignableFrom(type)) {
            unlessMissing(() -> {
                for (Field field : type.getDeclaredFields()) {
                    if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                        reach(field.getType(), variables);
                        unlessMissing(() -> reach(field.getGenericType(), variables));
                    }
                }
            });
            unlessMissing(() -> {
                if (type.getSuperclass() != null) {
                    reach(type.getSuperclass(), variables);
                    reach(type.getGenericSuperclass(), variables);
                }
            });
        }
        unlessMissing(() -> {
            if (type.isSealed()) {
                reachAll(type.getPermittedSubclasses(), variables);
            }
        });
    }

    private static void unlessMissing(Runnable look) {
        try {
            look.run();
        } catch (LinkageError | TypeNotPresentException missing) {
            // goes on with the rest
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
