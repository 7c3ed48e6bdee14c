package org.actium.object.core;

import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Objects;

/** How calls of one method are made, and why. The first rule of the list in {@code docs/semantics.md} §3 that fits. */
sealed interface CallRule {

    /** Answered by the stub: identity of the active object. */
    record Identity() implements CallRule {}

    /** The caller goes on at once; there is no reply. */
    record OneWay() implements CallRule {}

    /** The caller goes on with a placeholder. */
    record Asynchronous() implements CallRule {}

    /** The caller waits. */
    record Synchronous(String reason) implements CallRule {
        public Synchronous {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The rules of all methods of a stub class, by index of method. */
    static CallRule[] of(Class<?> stubbed) {
        List<Method> methods = StubbedMethods.of(stubbed);
        CallRule[] rules = new CallRule[methods.size()];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = of(methods.get(i));
        }
        return rules;
    }

    private static CallRule of(Method method) {
        Class<?> result = method.getReturnType();
        if (isIdentity(method)) {
            return new Identity();
        }
        boolean checked = List.of(method.getExceptionTypes()).stream().anyMatch(CallRule::isChecked);
        if (result == void.class) {
            return checked ? new Synchronous("it declares checked exceptions") : new OneWay();
        }
        if (checked) {
            return new Synchronous("it declares checked exceptions");
        }
        if (result == Object.class) {
            return new Synchronous("its result type is Object");
        }
        if (method.getGenericReturnType() instanceof TypeVariable<?> variable) {
            return new Synchronous("its result type is the type variable " + variable);
        }
        String obstacle = StubbedMethods.obstacle(result);
        return obstacle.isEmpty() ? new Asynchronous() : new Synchronous(obstacle);
    }

    private static boolean isIdentity(Method method) {
        return method.getName().equals("hashCode") && method.getParameterCount() == 0
                || method.getName().equals("equals")
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == Object.class;
    }

    private static boolean isChecked(Class<?> thrown) {
        return !RuntimeException.class.isAssignableFrom(thrown) && !Error.class.isAssignableFrom(thrown);
    }
}
