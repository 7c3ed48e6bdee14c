package org.actium.remote.core;

import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The methods of a contract, and what they are called on the wire. */
final class RemoteMethods {

    private RemoteMethods() {}

    /** @throws IllegalArgumentException if the contract is not an interface */
    static List<Method> of(Class<?> contract) {
        if (!contract.isInterface()) {
            throw new IllegalArgumentException(contract.getName() + " is not an interface");
        }
        List<Method> methods = new ArrayList<>();
        for (Method method : contract.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && makeAccessible(method)) {
                methods.add(method);
            }
        }
        return methods;
    }

    /** Contracts may be package-private; their methods are called from here nevertheless. */
    private static boolean makeAccessible(Method method) {
        try {
            method.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException ofTheJdk) {
            return Modifier.isPublic(method.getDeclaringClass().getModifiers());
        }
    }

    /** Unique among all contracts: {@code org.example.Clock#now()Ljava/time/Instant;}. */
    static String signature(Class<?> contract, Method method) {
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return contract.getName() + '#' + method.getName() + type.descriptorString();
    }
}
