package org.actium.codec.java;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes objects as Java deserialization does: only the constructor of the first class that is not serializable runs.
 * Reaches {@code sun.reflect.ReflectionFactory}, which the JDK keeps for that purpose, without importing its package,
 * because a framework need not export it.
 */
final class Allocation {

    private final Object factory;
    private final Method newConstructor;

    private Allocation(Object factory, Method newConstructor) {
        this.factory = factory;
        this.newConstructor = newConstructor;
    }

    static Allocation ofThisJdk() {
        try {
            Class<?> type = ClassLoader.getSystemClassLoader().loadClass("sun.reflect.ReflectionFactory");
            return new Allocation(
                    type.getMethod("getReflectionFactory").invoke(null),
                    type.getMethod("newConstructorForSerialization", Class.class));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "sun.reflect.ReflectionFactory of Java " + Runtime.version() + " is not what copies expect",
                    changed);
        }
    }

    /** Makes instances without values in their fields; empty if deserialization could not make any. */
    Optional<Supplier<Object>> of(Class<?> type) {
        try {
            Constructor<?> constructor = (Constructor<?>) newConstructor.invoke(factory, type);
            return Optional.ofNullable(constructor).map(found -> () -> make(found));
        } catch (ReflectiveOperationException refused) {
            return Optional.empty();
        }
    }

    private static Object make(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            throw new GraphCopier.GivesUpException("a constructor threw " + thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
