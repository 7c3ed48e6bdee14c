package org.actium.object.stubs;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.actium.object.spi.CallHandler;
import org.actium.object.spi.StubMethod;

/** The stub class of one type: makes stubs, and dispatches what is called on them. */
final class StubClass {

    private static final MethodHandle DISPATCH = dispatch();
    private static final Object[] NO_ARGUMENTS = {};

    private final Class<?> stubbed;
    private final StubMethod[] methods;
    private final Class<?> type;
    private final Allocation allocation;
    private final Field handler;
    private MethodHandle handlerOf; // found when it is needed; any thread may find it

    private StubClass(Class<?> stubbed, List<Method> inherited, List<Method> overridden) throws IllegalAccessException {
        this.stubbed = stubbed;
        this.methods = new StubMethod[overridden.size()];
        for (int i = 0; i < methods.length; i++) {
            Method method = overridden.get(i);
            methods[i] = new StubMethod(i, stubbed, method);
        }
        MethodHandles.Lookup access = PackageAccess.to(stubbed);
        byte[] bytes = StubBytecode.generate(stubbed, access.lookupClass().getPackageName(), inherited, overridden);
        this.type = access.defineHiddenClassWithClassData(
                        bytes, List.of(this, DISPATCH.bindTo(this), NO_ARGUMENTS), false)
                .lookupClass();
        this.allocation = new Allocation(type);
        try {
            this.handler = type.getDeclaredField(StubBytecode.HANDLER_FIELD);
            handler.setAccessible(true);
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException("stub class of " + stubbed.getName() + " is malformed", impossible);
        }
    }

    /**
     * @param inherited what a class beside it could override
     * @param overridden of these, what its stubs pass on
     */
    static StubClass of(Class<?> stubbed, List<Method> inherited, List<Method> overridden) {
        try {
            return new StubClass(stubbed, inherited, overridden);
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException("class " + stubbed.getName() + " lets nobody into its package", closed);
        }
    }

    /** The stub class this class is, or {@code null} if it is none of ours. */
    static StubClass behind(Class<?> candidate) {
        if (!candidate.isHidden() || !candidate.getSimpleName().contains(StubBytecode.NAME_SUFFIX)) {
            return null;
        }
        try {
            Method self = candidate.getDeclaredMethod(StubBytecode.SHAPE_METHOD);
            self.setAccessible(true);
            return self.invoke(null) instanceof StubClass stubClass ? stubClass : null;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException notOurs) {
            return null;
        }
    }

    Object instantiate(CallHandler called) {
        Object stub = allocation.make();
        try {
            handler.set(stub, called);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("cannot write " + handler, impossible);
        }
        return stub;
    }

    Class<?> stubbed() {
        return stubbed;
    }

    CallHandler handlerOf(Object stub) {
        try {
            MethodHandle known = handlerOf;
            if (known == null) {
                known = MethodHandles.lookup()
                        .unreflectGetter(handler)
                        .asType(MethodType.methodType(Object.class, Object.class));
                handlerOf = known;
            }
            return (CallHandler) (Object) known.invokeExact(stub);
        } catch (Throwable impossible) {
            throw new IllegalStateException("cannot read " + handler, impossible);
        }
    }

    /** Where the bytecode of every method of every stub of this class ends. */
    private Object dispatch(Object called, int method, Object[] arguments) throws Throwable {
        return ((CallHandler) called).call(methods[method], arguments);
    }

    private static MethodHandle dispatch() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            StubClass.class,
                            "dispatch",
                            MethodType.methodType(Object.class, Object.class, int.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
