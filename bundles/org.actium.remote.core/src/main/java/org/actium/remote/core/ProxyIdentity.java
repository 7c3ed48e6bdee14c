package org.actium.remote.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.actium.runtime.api.RuntimeId;

/** Equality of proxies, which is decided where they are: those of one object on one runtime are equal. */
record ProxyIdentity(RuntimeId runtime, Class<?> contract, String name) {

    /** Answers a method of {@link Object}. */
    Object invoke(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> equals(identityOf(arguments[0]));
            case "hashCode" -> hashCode();
            case "toString" -> contract.getSimpleName() + " '" + name + "' on " + runtime;
            default -> throw new IllegalStateException(method + " is not a method of Object");
        };
    }

    private static ProxyIdentity identityOf(Object other) {
        if (other == null || !Proxy.isProxyClass(other.getClass())) {
            return null;
        }
        InvocationHandler handler = Proxy.getInvocationHandler(other);
        return switch (handler) {
            case RemoteCalls calls -> calls.identity();
            case LocalCalls calls -> calls.identity();
            default -> null;
        };
    }
}
