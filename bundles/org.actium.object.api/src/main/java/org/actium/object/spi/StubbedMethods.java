package org.actium.object.spi;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which methods of a type its stubs override: what {@link StubMethod#index} counts. */
public final class StubbedMethods {

    private static final List<String> OF_OBJECT = List.of("equals", "hashCode", "toString");

    private StubbedMethods() {}

    /**
     * Methods to override, most derived version of each, in an order that depends on names and types only: public,
     * protected and, where the package is the same, package-private ones. Bridges are left alone, since they end in the
     * method they bridge to; but one that only makes a method of a class public that is not stands for that method.
     */
    public static List<Method> of(Class<?> type) {
        return amongInherited(inherited(type));
    }

    /** As {@link #of}, of what {@link #inherited} found. */
    public static List<Method> amongInherited(List<Method> inherited) {
        List<Method> methods = new ArrayList<>();
        for (Method method : inherited) {
            if (!isOfTheStubItself(method)) {
                (method.isBridge() ? madePublicBy(method) : Optional.of(method)).ifPresent(methods::add);
            }
        }
        methods.sort(Comparator.comparing(StubbedMethods::signature));
        return methods;
    }

    /** The method of a superclass that is not public which the bridge calls, and which knows the generic types. */
    private static Optional<Method> madePublicBy(Method bridge) {
        for (Class<?> c = bridge.getDeclaringClass().getSuperclass(); c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (signature(method).equals(signature(bridge))) {
                    boolean called = !Modifier.isPublic(c.getModifiers())
                            && !method.isBridge()
                            && !Modifier.isAbstract(method.getModifiers())
                            && !isOverriddenBeside(bridge, method);
                    return called ? Optional.of(method) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the class of the bridge has a version that narrows its result or fixes its type variables. */
    private static boolean isOverriddenBeside(Method bridge, Method above) {
        boolean sameTypes = Arrays.equals(above.getParameterTypes(), above.getGenericParameterTypes());
        return Arrays.stream(bridge.getDeclaringClass().getDeclaredMethods())
                .filter(method -> !method.isBridge() && method.getName().equals(bridge.getName()))
                .filter(method -> bridge.getReturnType().isAssignableFrom(method.getReturnType()))
                .anyMatch(method -> sameTypes
                        ? Arrays.equals(above.getParameterTypes(), method.getParameterTypes())
                        : areNarrower(method.getParameterTypes(), above.getParameterTypes()));
    }

    private static boolean areNarrower(Class<?>[] types, Class<?>[] wider) {
        boolean narrower = types.length == wider.length;
        for (int i = 0; narrower && i < types.length; i++) {
            narrower = wider[i].isAssignableFrom(types[i]);
        }
        return narrower;
    }

    /** A stub hands results on, and to name their class must see it. Says which method keeps it from that. */
    public static Optional<String> obstacle(Class<?> type) {
        return obstacle(type, of(type));
    }

    /** As the other, of what {@link #of} found. */
    public static Optional<String> obstacle(Class<?> type, List<Method> methods) {
        return methods.stream()
                .filter(method -> !OpenMembers.isSeenFrom(type, method.getReturnType()))
                .findFirst()
                .map(method -> MethodFacts.resultOutOfReach(
                        method.getName(), method.getReturnType().getTypeName(), type.getPackageName()));
    }

    /** What a class beside the type could override, most derived version of each. */
    public static List<Method> inherited(Class<?> type) {
        Map<String, Method> found = new LinkedHashMap<>();
        for (Class<?> above : supertypes(type)) {
            collect(type, above, found);
        }
        return found.values().stream()
                .filter(method -> !Modifier.isFinal(method.getModifiers()))
                .toList();
    }

    /** Itself and what it extends, then the interfaces of all of them; of an interface, {@code Object} last. */
    public static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> supertypes = new LinkedHashSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            supertypes.add(c);
        }
        for (Class<?> c : List.copyOf(supertypes)) {
            addInterfaces(c, supertypes);
        }
        if (type.isInterface()) {
            supertypes.add(Object.class);
        }
        return supertypes;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> supertypes) {
        for (Class<?> implemented : type.getInterfaces()) {
            supertypes.add(implemented);
            addInterfaces(implemented, supertypes);
        }
    }

    private static void collect(Class<?> type, Class<?> declaring, Map<String, Method> found) {
        for (Method method : declaring.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                    && !Modifier.isPrivate(method.getModifiers())
                    && isVisible(type, method)) {
                found.merge(signature(method), method, StubbedMethods::moreDerived);
            }
        }
    }

    /** What was found first is in a subclass; but an abstract or default version gives way to a class's own. */
    private static Method moreDerived(Method first, Method later) {
        boolean laterOverrides = first.getDeclaringClass().isAssignableFrom(later.getDeclaringClass())
                && first.getDeclaringClass() != later.getDeclaringClass();
        return laterOverrides ? later : first;
    }

    /** Whether a class in the package of that type can override it. */
    public static boolean isVisible(Class<?> type, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        if (declaring == Object.class) {
            return OF_OBJECT.contains(method.getName());
        }
        if (Modifier.isPublic(method.getModifiers())) {
            return true;
        }
        if (TypeFacts.isOfJdk(declaring)) {
            return false; // the JDK opens only what is public
        }
        if (Modifier.isProtected(method.getModifiers())) {
            return true;
        }
        return declaring.getPackageName().equals(type.getPackageName())
                && declaring.getClassLoader() == type.getClassLoader();
    }

    /** What the JVM and serialization call on any object, and what a stub therefore answers for itself. */
    public static boolean isOfTheStubItself(Method method) {
        return method.getParameterCount() == 0
                && (isFinalize(method)
                        || method.getName().equals("writeReplace") && method.getReturnType() == Object.class);
    }

    public static boolean isFinalize(Method method) {
        return method.getName().equals("finalize") && method.getParameterCount() == 0;
    }

    /** Name and erased types, as in {@link StubMethod#signature}; equal ones are the same object. */
    public static String signature(Method method) {
        String types = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
        return (method.getName() + types).intern(); // a key that is compared for each call
    }
}
