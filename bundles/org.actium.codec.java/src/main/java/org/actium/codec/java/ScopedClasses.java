package org.actium.codec.java;

import java.io.ObjectStreamClass;
import java.lang.invoke.SerializedLambda;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;

/** For messages: classes found and admitted by a scope, besides the values of the JDK. */
final class ScopedClasses implements ClassSource {

    /** What the codec itself writes; the bundles that read do not see these classes. */
    private static final Map<String, Class<?>> OWN = Map.of(
            OptionalForm.class.getName(), OptionalForm.class,
            OptionalForm.Kind.class.getName(), OptionalForm.Kind.class);

    /** As many as a class file can have. */
    private static final int MAX_DIMENSIONS = 255;

    private final ClassScope scope;
    private final JdkClasses jdk;
    private final Lambdas lambdas;
    private Map<String, Class<?>> admitted; // null until there is one
    private Set<Class<?>> resolved; // of a stream; null until there is one
    private boolean withLambdas;

    ScopedClasses(ClassScope scope, JdkClasses jdk, Lambdas lambdas) {
        this.scope = scope;
        this.jdk = jdk;
        this.lambdas = lambdas;
    }

    /**
     * Of a stream, in which a lambda makes itself as soon as it is read, before anybody can see by which class: so where there
     * are lambdas all classes that could make one have to send them.
     */
    @Override
    public Class<?> resolve(ObjectStreamClass descriptor) throws ClassNotFoundException {
        if (Lambdas.isLambda(descriptor.getName()) && lambdas != Lambdas.NONE) {
            withLambdas = true;
            if (resolved != null) {
                resolved.forEach(this::checkLambdasOf);
            }
            return SerializedLambda.class;
        }
        Class<?> type = named(descriptor.getName());
        if (resolved == null) {
            resolved = new HashSet<>();
        }
        if (resolved.add(type) && withLambdas) {
            checkLambdasOf(type);
        }
        return type;
    }

    private void checkLambdasOf(Class<?> type) {
        if (lambdas.areStolenFrom(type)) {
            throw new CodecException("the message has a lambda and names " + type.getName() + ", which could make it: "
                    + Lambdas.refusal(type.getName()));
        }
    }

    ClassScope scope() {
        return scope;
    }

    /** @param name as {@link Class#getName} has it, also of an array */
    Class<?> named(String name) throws ClassNotFoundException {
        if (!name.startsWith("[")) {
            return admittedClass(name);
        }
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == name.length() || dimensions > MAX_DIMENSIONS) {
            throw new ClassNotFoundException("no array has the name " + name);
        }
        Class<?> type = name.charAt(dimensions) == 'L'
                ? admittedClass(name.substring(dimensions + 1, name.length() - 1))
                : JdkClasses.primitive(name.charAt(dimensions));
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    private Class<?> admittedClass(String name) throws ClassNotFoundException {
        if (JdkClasses.isJdkName(name)) {
            return jdk.find(name);
        }
        Class<?> own = OWN.get(name);
        if (own != null) {
            return own;
        }
        if (admitted == null) {
            admitted = new HashMap<>();
        }
        Class<?> known = admitted.get(name);
        if (known != null) {
            return known; // of what an admitted one extends the scope may know nothing
        }
        Class<?> type = scope.find(name);
        if (!scope.admits(type)) {
            throw new CodecException("the message names " + name + ", which is not admitted here: it belongs to "
                    + type.getClassLoader() + ", the reader is " + scope);
        }
        admitted.put(name, type);
        for (Class<?> parent = type.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
            admitted.putIfAbsent(parent.getName(), parent);
        }
        return type;
    }
}
