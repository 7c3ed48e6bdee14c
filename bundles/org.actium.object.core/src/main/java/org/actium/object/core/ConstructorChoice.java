package org.actium.object.core;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.actium.object.api.CreationException;
import org.actium.object.spi.TypeFacts;

/**
 * The constructor that Java would choose for these arguments, as far as their run-time types tell, and the arguments as
 * it takes them (Java Language Specification, §15.12.2).
 *
 * <p>One difference: primitive arguments arrive boxed, so a box counts as the primitive it holds, and {@code 1} prefers
 * {@code int} to {@code Object}; but a constructor that names the box comes first, and {@code 1L} prefers {@code Long}
 * to {@code long}.
 */
final class ConstructorChoice {

    private static final Phase[] PHASES = Phase.values();

    private final Constructor<?> constructor;
    private final Object[] arguments;

    private ConstructorChoice(Constructor<?> constructor, Object[] arguments) {
        this.constructor = constructor;
        this.arguments = arguments;
    }

    /** In the order in which Java tries them. */
    private enum Phase {
        /** Subtypes, and primitives that become wider. */
        STRICT,
        /** And boxes as what their classes extend. */
        LOOSE,
        /** And as many arguments as one likes for the last parameter. */
        VARIABLE
    }

    /** @throws CreationException if none fits, or none of those that fit is more specific than the others; lists them */
    static ConstructorChoice of(Class<?> type, Object[] arguments) {
        return of(type, visible(type), arguments);
    }

    /** Those it may choose of. */
    static List<Constructor<?>> visible(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> !constructor.isSynthetic() && !Modifier.isPrivate(constructor.getModifiers()))
                .toList();
    }

    /** As {@link #of(Class, Object[])}, of what {@link #visible} found. */
    static ConstructorChoice of(Class<?> type, List<Constructor<?>> visible, Object[] arguments) {
        if (visible.isEmpty()) {
            throw new CreationException(TypeFacts.of(type).cannotBeActive(TypeFacts.ONLY_PRIVATE_CONSTRUCTORS));
        }
        if (visible.size() == 1 && arguments.length == 0 && visible.getFirst().getParameterCount() == 0) {
            return new ConstructorChoice(visible.getFirst(), arguments);
        }
        for (Phase phase : PHASES) {
            List<Constructor<?>> fitting = fitting(phase, visible, arguments);
            if (!fitting.isEmpty()) {
                Constructor<?> chosen = mostSpecific(phase, fitting, type, arguments);
                return new ConstructorChoice(chosen, phase == Phase.VARIABLE ? packed(chosen, arguments) : arguments);
            }
        }
        throw new CreationException("class " + type.getName() + " has no constructor for (" + typesOf(arguments)
                + "); it has " + list(visible));
    }

    private static List<Constructor<?>> fitting(Phase phase, List<Constructor<?>> visible, Object[] arguments) {
        List<Constructor<?>> fitting = new ArrayList<>(1);
        for (Constructor<?> constructor : visible) {
            if (accepts(phase, constructor, arguments)) {
                fitting.add(constructor);
            }
        }
        return fitting;
    }

    Constructor<?> constructor() {
        return constructor;
    }

    /** @throws Exception what the constructor throws, as errors are thrown too */
    Object call() throws Exception {
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            throw switch (thrown.getCause()) {
                case Exception exception -> exception;
                case Error error -> throw error;
                default -> thrown;
            };
        }
    }

    private static boolean accepts(Phase phase, Constructor<?> constructor, Object[] arguments) {
        Class<?>[] parameters = constructor.getParameterTypes();
        boolean count = phase == Phase.VARIABLE
                ? constructor.isVarArgs() && arguments.length >= parameters.length - 1
                : arguments.length == parameters.length;
        if (!count) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!accepts(phase, parameter(phase, parameters, i), arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean accepts(Phase phase, Class<?> parameter, Object argument) {
        if (argument == null) {
            return !parameter.isPrimitive();
        }
        Class<?> primitive = unboxed(argument.getClass());
        if (parameter.isPrimitive()) {
            return primitive != null && widens(primitive, parameter);
        }
        return phase == Phase.STRICT && primitive != null
                ? parameter == argument.getClass()
                : parameter.isInstance(argument);
    }

    /** In the last phase the last parameter stands for as many as there are arguments. */
    private static Class<?> parameter(Phase phase, Class<?>[] parameters, int index) {
        return phase == Phase.VARIABLE && index >= parameters.length - 1
                ? parameters[parameters.length - 1].getComponentType()
                : parameters[index];
    }

    private static Constructor<?> mostSpecific(
            Phase phase, List<Constructor<?>> fitting, Class<?> type, Object[] arguments) {
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        for (Constructor<?> candidate : fitting) {
            if (fitting.stream().allMatch(other -> isAtLeastAsSpecific(phase, candidate, other, arguments))) {
                return candidate;
            }
        }
        throw new CreationException("class " + type.getName() + " has several constructors for (" + typesOf(arguments)
                + "), none more specific than the others: " + list(fitting));
    }

    private static boolean isAtLeastAsSpecific(
            Phase phase, Constructor<?> one, Constructor<?> other, Object[] arguments) {
        Class<?>[] own = one.getParameterTypes();
        Class<?>[] others = other.getParameterTypes();
        // with one argument fewer than parameters, the parameter left out counts too
        int compared = phase == Phase.VARIABLE ? Math.max(arguments.length, others.length) : arguments.length;
        for (int i = 0; i < compared; i++) {
            Object argument = i < arguments.length ? arguments[i] : null;
            if (!isAtLeastAsSpecific(parameter(phase, own, i), parameter(phase, others, i), argument)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtLeastAsSpecific(Class<?> own, Class<?> others, Object argument) {
        if (own == others) {
            return true;
        }
        if (argument != null && unboxed(argument.getClass()) != null && own == argument.getClass()) {
            return true;
        }
        return own.isPrimitive()
                ? others.isPrimitive() && widens(own, others)
                : !others.isPrimitive() && others.isAssignableFrom(own);
    }

    /** The primitive type that this class boxes; {@code null} if it boxes none. */
    private static Class<?> unboxed(Class<?> type) {
        Class<?> unwrapped = MethodType.methodType(type).unwrap().returnType();
        return unwrapped == type || unwrapped == void.class ? null : unwrapped;
    }

    private static boolean widens(Class<?> from, Class<?> to) {
        if (from == to) {
            return true;
        }
        if (from == boolean.class || to == boolean.class || to == char.class) {
            return false;
        }
        List<Class<?>> widening = List.of(byte.class, short.class, int.class, long.class, float.class, double.class);
        return from == char.class
                ? widening.indexOf(to) >= widening.indexOf(int.class)
                : widening.indexOf(from) < widening.indexOf(to);
    }

    private static Object[] packed(Constructor<?> constructor, Object[] arguments) {
        Class<?>[] parameters = constructor.getParameterTypes();
        int last = parameters.length - 1;
        Object[] packed = Arrays.copyOf(arguments, parameters.length, Object[].class);
        Object rest = Array.newInstance(parameters[last].getComponentType(), arguments.length - last);
        for (int i = last; i < arguments.length; i++) {
            Array.set(rest, i - last, arguments[i]);
        }
        packed[last] = rest;
        return packed;
    }

    private static String typesOf(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument == null ? "null" : named(argument.getClass()))
                .collect(Collectors.joining(", "));
    }

    /** Stubs and futures go by the type they stand for. */
    private static String named(Class<?> type) {
        if (!type.isHidden()) {
            return type.getTypeName();
        }
        boolean ofInterface = type.getSuperclass() == Object.class && type.getInterfaces().length > 0;
        return (ofInterface ? type.getInterfaces()[0] : type.getSuperclass()).getTypeName();
    }

    private static String list(List<Constructor<?>> constructors) {
        return constructors.stream()
                .map(constructor -> Arrays.stream(constructor.getParameterTypes())
                        .map(Class::getTypeName)
                        .collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
