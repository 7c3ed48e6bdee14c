package org.actium.object.stubs;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Makes instances without running a constructor of their class, the way deserialization does: through
 * {@code sun.reflect.ReflectionFactory}, which the JDK keeps for that purpose in the module {@code jdk.unsupported} and
 * which compilers are told to warn of; hence by reflection.
 */
final class Allocation {

    private final Constructor<?> constructor;

    Allocation(Class<?> type) {
        try {
            Class<?> factory = ClassLoader.getSystemClassLoader().loadClass("sun.reflect.ReflectionFactory");
            Method make = factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
            Object instance = factory.getMethod("getReflectionFactory").invoke(null);
            this.constructor = (Constructor<?>) make.invoke(instance, type, Object.class.getDeclaredConstructor());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "this Java lacks the module jdk.unsupported, which stubs need; use a full JDK or add the module",
                    missing);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException changed) {
            throw new IllegalStateException(
                    "sun.reflect.ReflectionFactory of Java " + Runtime.version() + " is not what stubs expect",
                    changed);
        }
    }

    Object make() {
        try {
            return constructor.newInstance();
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("cannot instantiate " + constructor.getDeclaringClass(), impossible);
        }
    }
}
