package org.actium.remote.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.actium.codec.api.ClassScope;
import org.actium.remote.api.NoSuchRemoteObjectException;

/** An object that other runtimes may call through its contract. */
final class ExportedObject {

    private static final MethodType SPREAD = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final Class<?> contract;
    private final Object object;
    private final Map<String, MethodHandle> methods = new HashMap<>();
    private final ClassScope scope;

    ExportedObject(Class<?> contract, Object object) {
        this.contract = Objects.requireNonNull(contract, "contract");
        this.object = Objects.requireNonNull(object, "object");
        this.scope = scopeOf(contract);
        for (Method method : RemoteMethods.of(contract)) {
            methods.put(RemoteMethods.signature(contract, method), handle(method));
        }
    }

    /** Where classes in arguments and results are looked up. */
    static ClassScope scopeOf(Class<?> contract) {
        ClassLoader loader = contract.getClassLoader();
        return ClassScope.of(loader == null ? ClassLoader.getPlatformClassLoader() : loader);
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(SPREAD);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(method + " cannot be called", impossible);
        }
    }

    ClassScope scope() {
        return scope;
    }

    /** @throws NoSuchRemoteObjectException if the contract has no such method */
    MethodHandle method(String signature) {
        MethodHandle method = methods.get(signature);
        if (method == null) {
            throw new NoSuchRemoteObjectException(
                    "it offers " + contract.getName() + ", which has no method " + signature);
        }
        return method;
    }

    Object call(MethodHandle method, Object[] arguments) throws Throwable {
        return method.invokeExact(object, arguments);
    }
}
