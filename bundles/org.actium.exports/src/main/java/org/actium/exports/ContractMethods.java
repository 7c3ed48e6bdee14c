package org.actium.exports;

import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The methods of an interface, and what they are called in messages. */
final class ContractMethods {

    private ContractMethods() {}

    /**
     * By name and erased types, for example {@code now()Ljava/time/Instant;}: the same for an interface and for those that
     * it extends.
     *
     * @throws IllegalArgumentException if the contract is not an interface
     */
    static Map<String, Method> of(Class<?> contract) {
        if (!contract.isInterface()) {
            throw new IllegalArgumentException(
                    contract.getName() + " is not an interface: objects are exported through one");
        }
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Method method : contract.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                methods.put(name(method), accessible(method));
            }
        }
        return methods;
    }

    static String name(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .descriptorString();
    }

    /** The interface itself need not be public. */
    private static Method accessible(Method method) {
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException ofTheJdk) {
            return method; // public there
        }
        return method;
    }

    /** The interface and all that it extends, itself first. */
    static Set<Class<?>> contracts(Class<?> contract) {
        Set<Class<?>> all = new LinkedHashSet<>();
        all.add(contract);
        for (Class<?> extended : contract.getInterfaces()) {
            all.addAll(contracts(extended));
        }
        return all;
    }
}
