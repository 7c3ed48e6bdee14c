package org.actium.remote.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.actium.runtime.api.RuntimeId;

/** What a proxy for an object of this very runtime does. */
final class LocalCalls implements InvocationHandler {

    private static final Object[] NO_ARGUMENTS = {};

    private final ProxyIdentity identity;
    private final String name;
    private final Callee callee;
    private final Map<Method, String> signatures = new HashMap<>();

    /** Calls the object of that name, with copies. */
    @FunctionalInterface
    interface Callee {
        Object call(String name, String signature, Object[] arguments) throws Throwable;
    }

    LocalCalls(RuntimeId self, Class<?> contract, String name, Callee callee) {
        this.identity = new ProxyIdentity(self, contract, name);
        this.name = name;
        this.callee = callee;
        for (Method method : RemoteMethods.of(contract)) {
            signatures.put(method, RemoteMethods.signature(contract, method));
        }
    }

    ProxyIdentity identity() {
        return identity;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String signature = signatures.get(method);
        return signature == null
                ? identity.invoke(method, arguments)
                : callee.call(name, signature, arguments == null ? NO_ARGUMENTS : arguments);
    }
}
