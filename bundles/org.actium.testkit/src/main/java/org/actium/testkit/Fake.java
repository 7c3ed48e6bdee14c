package org.actium.testkit;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Collaborators that answer a few methods and none besides. */
public final class Fake {

    private Fake() {}

    /**
     * An object of that interface.
     *
     * @param answers by name of the method: what it returns, or a function of its arguments; every other call is an
     *     {@link AssertionError}
     */
    public static <T> T of(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError(method + " is not expected");
                    }
                    return answer instanceof Function<?, ?> function ? applied(function, arguments) : answer;
                }));
    }

    @SuppressWarnings("unchecked")
    private static Object applied(Function<?, ?> function, Object[] arguments) {
        return ((Function<Object[], Object>) function).apply(arguments);
    }
}
