package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Method handles that take receiver and arguments in one shape, whatever the method. */
final class Invokers {

    private static final MethodType SHAPE = MethodType.methodType(Object.class, Object.class, Object[].class);

    private Invokers() {}

    /** {@code (Object receiver, Object[] arguments) Object} for a method that {@link StubbedMethods} lists. */
    static MethodHandle of(Method method) {
        try {
            if (!Modifier.isPublic(method.getModifiers())
                    || !Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                method.setAccessible(true);
            }
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            return handle.asFixedArity()
                    .asSpreader(Object[].class, handle.type().parameterCount() - 1)
                    .asType(SHAPE);
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException(method + " lets nobody in", closed);
        }
    }
}
