package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.object.api.SelfAsStub;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.StubbedMethods;
import org.actium.object.spi.TypeFacts;

/**
 * How the methods of one class are called on its instances, whatever type the stub has that was called: signature to
 * method handle, found once.
 */
final class ServantClass {

    private final Class<?> type;
    private final Class<?> face;
    private final Map<String, MethodHandle> invokers;
    private final boolean handsOutStubs;
    private final Map<Class<?>, ServantClass> otherFaces = new ConcurrentHashMap<>();

    private ServantClass(Class<?> type, Class<?> face, Map<String, MethodHandle> invokers) {
        this.type = type;
        this.face = face;
        this.invokers = invokers;
        this.handsOutStubs = type.isAnnotationPresent(SelfAsStub.class);
    }

    static ServantClass of(Class<?> type) {
        Map<String, MethodHandle> invokers = new HashMap<>();
        methodsOf(type).forEach((signature, method) -> invokers.put(signature, StubMethod.invoker(method)));
        return new ServantClass(type, type, invokers);
    }

    /** The same class, called through stubs of this type. */
    ServantClass as(Class<?> other) {
        return other == face ? this : otherFaces.computeIfAbsent(other, of -> new ServantClass(type, of, invokers));
    }

    Class<?> type() {
        return type;
    }

    /** The type of its stubs. */
    Class<?> face() {
        return face;
    }

    /** Whether its objects are stubs wherever they hand themselves out. */
    boolean handsOutStubs() {
        return handsOutStubs;
    }

    /** The invoker of type {@code (Object servant, Object[] arguments) Object}, or {@code null} if there is no such method. */
    MethodHandle invoker(String signature) {
        return invokers.get(signature);
    }

    /** Every method that a stub of the type, or of anything it extends or implements, may call, by signature. */
    static Map<String, Method> methodsOf(Class<?> type) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> above : StubbedMethods.supertypes(type)) {
            for (Method method : above.getDeclaredMethods()) {
                if (isCallable(method)) {
                    methods.putIfAbsent(StubbedMethods.signature(method), method);
                }
            }
        }
        return methods;
    }

    private static boolean isCallable(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !StubbedMethods.isOfTheStubItself(method)
                && StubbedMethods.isVisible(declaring, method)
                && (Modifier.isPublic(declaring.getModifiers()) || !TypeFacts.isOfJdk(declaring));
    }
}
