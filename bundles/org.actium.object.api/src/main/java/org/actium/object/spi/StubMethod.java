package org.actium.object.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;

/** One method of a stub class; the same object for every call of it. */
public final class StubMethod {

    private static final MethodType INVOKER = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final int index;
    private final Class<?> stubbed;
    private final String name;
    private final MethodType type;
    private final List<Class<?>> exceptions;
    private final String signature;
    private final Method method;
    private MethodHandle invoker; // found when it is needed; any thread may find it

    /**
     * @param index position among the methods of the stub class
     * @param stubbed the type the stub class was made for
     */
    public StubMethod(int index, Class<?> stubbed, Method method) {
        this.index = index;
        this.stubbed = Objects.requireNonNull(stubbed, "stubbed");
        this.name = method.getName();
        this.type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        this.exceptions = List.of(method.getExceptionTypes());
        this.signature = StubbedMethods.signature(method);
        this.method = method;
    }

    /**
     * Calls the method, whatever its shape: {@code (Object receiver, Object[] arguments) Object}.
     *
     * @throws IllegalArgumentException if nobody may call it
     */
    public static MethodHandle invoker(Method method) {
        try {
            if (!Modifier.isPublic(method.getModifiers())
                    || !Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                method.setAccessible(true);
            }
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            return handle.asFixedArity()
                    .asSpreader(Object[].class, handle.type().parameterCount() - 1)
                    .asType(INVOKER);
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException(method + " lets nobody in", closed);
        }
    }

    public int index() {
        return index;
    }

    /** The type the stub class was made for, which may inherit the method. */
    public Class<?> stubbed() {
        return stubbed;
    }

    public String name() {
        return name;
    }

    /** Erased result and parameter types, without the receiver. */
    public MethodType type() {
        return type;
    }

    /** The result type as it is written in the source. */
    public Type genericResult() {
        return method.getGenericReturnType();
    }

    /** What it declares to throw, checked or not. */
    public List<Class<?>> exceptions() {
        return exceptions;
    }

    /** Name and erased types, the same on every runtime: {@code add(I)V}. */
    public String signature() {
        return signature;
    }

    /**
     * Calls the method on an object that is no stub, and throws what it throws.
     *
     * @throws IllegalArgumentException if nobody may call it
     */
    public Object invokeOn(Object receiver, Object[] arguments) throws Throwable {
        MethodHandle known = invoker;
        if (known == null) {
            known = invoker(method);
            invoker = known;
        }
        return (Object) known.invokeExact(receiver, arguments);
    }

    /** For example {@code Counter.add}. */
    @Override
    public String toString() {
        return stubbed.getSimpleName() + "." + name;
    }
}
