package org.actium.object.core;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.object.api.SelfAsStub;
import org.actium.object.spi.CallRule;
import org.actium.object.spi.StubbedMethods;
import org.actium.object.spi.Stubs;
import org.actium.object.spi.TypeFacts;

/** How the methods of one class are called on its instances, whatever type the stub has that was called, by signature. */
final class ServantClass {

    private final Class<?> type;
    private final Class<?> face;
    private final Map<String, Invoker> invokers;
    private final Set<String> promises;
    private final boolean handsOutStubs;
    private final Map<Class<?>, ServantClass> otherFaces = new ConcurrentHashMap<>();

    private ServantClass(Class<?> type, Class<?> face, Map<String, Invoker> invokers, Set<String> promises) {
        this.type = type;
        this.face = face;
        this.invokers = invokers;
        this.promises = promises;
        this.handsOutStubs = type.isAnnotationPresent(SelfAsStub.class);
    }

    /** @param stubs makes code for what is called often */
    static ServantClass of(Class<?> type, Stubs stubs) {
        Map<String, Invoker> invokers = new HashMap<>();
        Invoker.Often often = new Invoker.Often(type, stubs, invokers);
        Set<String> promises = new HashSet<>();
        methodsOf(type).forEach((signature, method) -> {
            invokers.put(signature, new Invoker(method, often));
            if (CallRule.FUTURES.contains(method.getReturnType().getName())) {
                promises.add(signature);
            }
        });
        return new ServantClass(type, type, invokers, promises);
    }

    /** The same class, called through stubs of this type. */
    ServantClass as(Class<?> other) {
        return other == face
                ? this
                : otherFaces.computeIfAbsent(other, of -> new ServantClass(type, of, invokers, promises));
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

    /** What calls the method, or {@code null} if there is no such method. */
    Invoker invoker(String signature) {
        return invokers.get(signature);
    }

    /** Whether the method declares a future of the JDK as its result, whose value is what its caller gets. */
    boolean promises(String signature) {
        return promises.contains(signature);
    }

    /** One of those that {@link #promises}. */
    Optional<String> anyThatPromises() {
        return promises.stream().sorted().findFirst();
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
