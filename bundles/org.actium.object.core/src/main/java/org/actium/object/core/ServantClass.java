package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** How the methods of one class are called on its instances: signature to method handle, found once. */
final class ServantClass {

    private final Map<String, MethodHandle> invokers = new HashMap<>();

    private ServantClass(Class<?> type) {
        for (Method method : StubbedMethods.of(type)) {
            String signature = method.getName()
                    + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                            .descriptorString();
            invokers.put(signature, Invokers.of(method));
        }
    }

    static ServantClass of(Class<?> type) {
        return new ServantClass(type);
    }

    /** The invoker of type {@code (Object servant, Object[] arguments) Object}, or {@code null} if there is no such method. */
    MethodHandle invoker(String signature) {
        return invokers.get(signature);
    }
}
