package org.actium.object.core;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.actium.object.api.CreationException;

/**
 * Picks the constructor that Java would pick for these arguments, as far as their run-time types tell: the most specific
 * of those that accept them. A boxed argument fits its primitive; {@code null} fits any reference.
 */
final class ConstructorChoice {

    private ConstructorChoice() {}

    /** @throws CreationException if none fits, or none of those that fit is more specific than the others; lists them */
    static Constructor<?> of(Class<?> type, Object[] arguments) {
        List<Constructor<?>> fitting = new ArrayList<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!constructor.isSynthetic() && accepts(constructor.getParameterTypes(), arguments)) {
                fitting.add(constructor);
            }
        }
        if (fitting.isEmpty()) {
            throw new CreationException("class " + type.getName() + " has no constructor for (" + typesOf(arguments)
                    + "); it has " + list(Arrays.asList(type.getDeclaredConstructors())));
        }
        for (Constructor<?> candidate : fitting) {
            if (fitting.stream().allMatch(other -> isAtLeastAsSpecific(candidate, other, arguments))) {
                return candidate;
            }
        }
        throw new CreationException("class " + type.getName() + " has several constructors for (" + typesOf(arguments)
                + "), none more specific than the others: " + list(fitting));
    }

    private static boolean accepts(Class<?>[] parameters, Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (arguments[i] == null
                    ? parameters[i].isPrimitive()
                    : !box(parameters[i]).isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtLeastAsSpecific(Constructor<?> one, Constructor<?> other, Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            Class<?> own = one.getParameterTypes()[i];
            Class<?> others = other.getParameterTypes()[i];
            if (own == others) {
                continue;
            }
            if (own.isPrimitive() != others.isPrimitive()) {
                // an argument arrives boxed: int is meant before Object, but a declared box before its primitive
                boolean ownFits = own.isPrimitive() ? others != box(own) : own == box(others);
                if (!ownFits) {
                    return false;
                }
            } else if (!others.isAssignableFrom(own)) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> box(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static String typesOf(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument == null ? "null" : argument.getClass().getName())
                .collect(Collectors.joining(", "));
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
