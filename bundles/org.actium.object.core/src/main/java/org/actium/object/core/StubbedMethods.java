package org.actium.object.core;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which methods of a type a stub overrides, and why a type cannot have stubs. */
final class StubbedMethods {

    private static final List<String> OF_OBJECT = List.of("equals", "hashCode", "toString");

    private StubbedMethods() {}

    /** The rule the type breaks, for a message; empty text if it can have stubs. */
    static String obstacle(Class<?> type) {
        if (type.isPrimitive()) {
            return type + " is primitive";
        }
        if (type.isArray()) {
            return type.getTypeName() + " is an array";
        }
        if (type.isAnnotation() || type.isHidden()) {
            return type.getName() + " is " + (type.isHidden() ? "a hidden class" : "an annotation");
        }
        if (type.isEnum() || Modifier.isFinal(type.getModifiers())) {
            return "class " + type.getName() + " is "
                    + (type.isRecord() ? "a record" : type.isEnum() ? "an enum" : "final");
        }
        if (type.isSealed()) {
            return type.getName() + " is sealed";
        }
        if (Modifier.isPrivate(type.getModifiers())) {
            return type.getName() + " is private";
        }
        if (PackageAccess.isOfJdk(type)) {
            if (!Modifier.isPublic(type.getModifiers()) || !type.getModule().isExported(type.getPackageName())) {
                return type.getName() + " belongs to the JDK and is not public";
            }
        } else if (type.getModule().isNamed()) {
            return type.getName() + " is in " + type.getModule() + ", which is not open to Actium";
        }
        return "";
    }

    /**
     * Methods to override, most derived version of each, in an order that depends on names and types only: public,
     * protected and, where the package is the same, package-private ones. Bridges are left alone: they end in the
     * method they bridge to.
     */
    static List<Method> of(Class<?> type) {
        Map<String, Method> found = new LinkedHashMap<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            collect(type, c, found);
        }
        collectInterfaces(type, type, found);
        if (type.isInterface()) {
            collect(type, Object.class, found);
        }
        List<Method> methods = new ArrayList<>();
        for (Method method : found.values()) {
            if (isOverridable(type, method)) {
                methods.add(method);
            }
        }
        methods.sort(Comparator.comparing(StubbedMethods::key));
        return methods;
    }

    private static void collectInterfaces(Class<?> type, Class<?> from, Map<String, Method> found) {
        for (Class<?> c = from; c != null; c = c.getSuperclass()) {
            for (Class<?> implemented : c.getInterfaces()) {
                collect(type, implemented, found);
                collectInterfaces(type, implemented, found);
            }
        }
    }

    private static void collect(Class<?> type, Class<?> declaring, Map<String, Method> found) {
        for (Method method : declaring.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                    && !Modifier.isPrivate(method.getModifiers())
                    && isVisible(type, method)) {
                found.merge(key(method), method, StubbedMethods::moreDerived);
            }
        }
    }

    /** What was found first is in a subclass; but an abstract or default version gives way to a class's own. */
    private static Method moreDerived(Method first, Method later) {
        boolean laterOverrides = first.getDeclaringClass().isAssignableFrom(later.getDeclaringClass())
                && first.getDeclaringClass() != later.getDeclaringClass();
        return laterOverrides ? later : first;
    }

    private static boolean isVisible(Class<?> type, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        if (declaring == Object.class) {
            return OF_OBJECT.contains(method.getName());
        }
        if (Modifier.isPublic(method.getModifiers())) {
            return true;
        }
        if (PackageAccess.isOfJdk(declaring)) {
            return false; // the JDK opens only what is public
        }
        if (Modifier.isProtected(method.getModifiers())) {
            return true;
        }
        return declaring.getPackageName().equals(type.getPackageName())
                && declaring.getClassLoader() == type.getClassLoader();
    }

    private static boolean isOverridable(Class<?> type, Method method) {
        return !Modifier.isFinal(method.getModifiers()) && !method.isBridge();
    }

    static String key(Method method) {
        StringBuilder key = new StringBuilder(method.getName()).append('(');
        for (Class<?> parameter : method.getParameterTypes()) {
            key.append(parameter.descriptorString());
        }
        return key.append(')').append(method.getReturnType().descriptorString()).toString();
    }
}
