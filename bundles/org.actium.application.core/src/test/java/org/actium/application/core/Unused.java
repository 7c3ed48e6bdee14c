package org.actium.application.core;

import java.lang.reflect.Proxy;

/** Collaborators that a test hands over and that nobody may call. */
final class Unused {

    private Unused() {}

    static <T> T service(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " was called");
                }));
    }
}
