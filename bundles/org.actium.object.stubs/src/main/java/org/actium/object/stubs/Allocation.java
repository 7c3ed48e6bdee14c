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

    private static final Factory FACTORY = Factory.find();

    private final Constructor<?> constructor;

    /** @param make {@code newConstructorForSerialization} */
    private record Factory(Object instance, Method make, Constructor<?> ofObject) {
        static Factory find() {
            try {
                Class<?> factory = ClassLoader.getSystemClassLoader().loadClass("sun.reflect.ReflectionFactory");
                return new Factory(
                        factory.getMethod("getReflectionFactory").invoke(null),
                        factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class),
                        Object.class.getDeclaredConstructor());
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
    }

    Allocation(Class<?> type) {
        try {
            this.constructor = (Constructor<?>) FACTORY.make().invoke(FACTORY.instance(), type, FACTORY.ofObject());
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("cannot make a way to instantiate " + type, impossible);
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
