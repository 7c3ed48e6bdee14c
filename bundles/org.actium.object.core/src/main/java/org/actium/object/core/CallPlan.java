package org.actium.object.core;

import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.actium.object.api.Cache;
import org.actium.object.spi.CallRule;
import org.actium.object.spi.MethodFacts;
import org.actium.object.spi.OpenMembers;
import org.actium.object.spi.TypeFacts;

/**
 * How calls of one method are made.
 *
 * @param result the type of its placeholder, if it has one
 * @param cached whether each stub remembers its first result
 */
record CallPlan(CallRule rule, Class<?> result, boolean cached) {

    /** @throws IllegalArgumentException if the method asks for something that cannot be */
    static CallPlan of(Class<?> stubbed, Method method) {
        Class<?> result = method.getReturnType();
        Optional<String> variable = Optional.empty();
        if (method.getGenericReturnType() instanceof TypeVariable<?> declared) {
            Optional<Class<?>> fixed = TypeVariables.fixedBy(stubbed, declared);
            variable = fixed.isPresent() ? Optional.empty() : Optional.of(declared.getName());
            result = fixed.orElse(result);
        }
        MethodFacts facts = new MethodFacts(
                isIdentity(method),
                method.getParameterCount(),
                TypeFacts.of(result),
                OpenMembers.of(result),
                variable,
                checkedExceptions(method),
                method.isAnnotationPresent(Cache.class));
        facts.obstacleToCaching().ifPresent(obstacle -> {
            throw new IllegalArgumentException(method.getName() + ": " + obstacle);
        });
        return new CallPlan(CallRule.of(facts), result, facts.cached());
    }

    private static boolean isIdentity(Method method) {
        return method.getName().equals("hashCode") && method.getParameterCount() == 0
                || method.getName().equals("equals")
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == Object.class;
    }

    private static List<String> checkedExceptions(Method method) {
        return Arrays.stream(method.getExceptionTypes())
                .filter(CallPlan::isChecked)
                .map(Class::getName)
                .toList();
    }

    private static boolean isChecked(Class<?> thrown) {
        return !RuntimeException.class.isAssignableFrom(thrown) && !Error.class.isAssignableFrom(thrown);
    }
}
