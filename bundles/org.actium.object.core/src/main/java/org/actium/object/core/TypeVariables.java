package org.actium.object.core;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a class makes of the type variables of the classes and interfaces it inherits from. */
final class TypeVariables {

    private TypeVariables() {}

    /**
     * The class that stands for the variable in every object of this type: for the {@code T} of {@code Box<T>} seen from
     * a class that extends {@code Box<Ring>}, that is {@code Ring}. Empty if only the caller knows.
     */
    static Optional<Class<?>> fixedBy(Class<?> type, TypeVariable<?> variable) {
        return switch (seenFrom(type, variable)) {
            case Class<?> fixed -> Optional.of(fixed);
            case ParameterizedType fixed -> Optional.of(raw(fixed));
            case null, default -> Optional.empty();
        };
    }

    /** In terms of the type's own variables; {@code null} if it inherits raw. */
    private static Type seenFrom(Class<?> type, TypeVariable<?> variable) {
        if (variable.getGenericDeclaration() == type) {
            return variable;
        }
        for (Type above : supertypes(type)) {
            if (variable.getGenericDeclaration() instanceof Class<?> generic && generic.isAssignableFrom(raw(above))) {
                Type seenAbove = seenFrom(raw(above), variable);
                return seenAbove instanceof TypeVariable<?> open ? argumentFor(open, above) : seenAbove;
            }
        }
        return null;
    }

    private static Type argumentFor(TypeVariable<?> variable, Type type) {
        return type instanceof ParameterizedType parameterized
                ? parameterized
                        .getActualTypeArguments()[
                        Arrays.asList(raw(type).getTypeParameters()).indexOf(variable)]
                : null;
    }

    private static List<Type> supertypes(Class<?> type) {
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.addFirst(type.getGenericSuperclass());
        }
        return supertypes;
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }
}
