package org.actium.object.core;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actium.object.api.Immediate;

/** The methods of one class by the names under which they are declared immediate, and those annotated so. */
final class ImmediateMethods {

    private static final String METHOD = "method: say the name of a method of the object";

    private final Class<?> type;
    private final Map<String, Method> methods; // by signature
    private final Map<String, ImmediateServices.Mode> annotated = new HashMap<>();

    private ImmediateMethods(Class<?> type) {
        this.type = type;
        this.methods = ServantClass.methodsOf(type);
        methods.forEach((signature, method) -> {
            Immediate immediate = method.getAnnotation(Immediate.class);
            if (immediate != null) {
                annotated.put(
                        signature,
                        immediate.perCaller()
                                ? ImmediateServices.Mode.THREAD_OF_CALLER
                                : ImmediateServices.Mode.OWN_THREAD);
            }
        });
    }

    static ImmediateMethods of(Class<?> type) {
        return new ImmediateMethods(type);
    }

    /** By signature. */
    Map<String, ImmediateServices.Mode> annotated() {
        return annotated;
    }

    /** @throws IllegalArgumentException if there is none */
    List<String> named(String name) {
        Objects.requireNonNull(name, METHOD);
        List<String> found = new ArrayList<>();
        methods.forEach((signature, method) -> {
            if (method.getName().equals(name)) {
                found.add(signature);
            }
        });
        return required(found, name);
    }

    /** @throws IllegalArgumentException if there is none */
    List<String> exactly(String name, Class<?>... parameterTypes) {
        Objects.requireNonNull(name, METHOD);
        Objects.requireNonNull(parameterTypes, "parameterTypes: leave them out for a method that has none");
        for (Class<?> parameter : parameterTypes) {
            Objects.requireNonNull(parameter, "parameterTypes: each has to be a class");
        }
        List<String> found = new ArrayList<>();
        methods.forEach((signature, method) -> {
            if (method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameterTypes)) {
                found.add(signature);
            }
        });
        return required(
                found,
                Arrays.stream(parameterTypes)
                        .map(Class::getTypeName)
                        .collect(Collectors.joining(", ", name + "(", ")")));
    }

    private List<String> required(List<String> found, String wanted) {
        if (found.isEmpty()) {
            throw new IllegalArgumentException("class " + type.getName() + " has no method " + wanted
                    + " that could be called from outside; it has "
                    + methods.values().stream()
                            .map(method -> Arrays.stream(method.getParameterTypes())
                                    .map(Class::getTypeName)
                                    .collect(Collectors.joining(", ", method.getName() + "(", ")")))
                            .sorted()
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }
}
