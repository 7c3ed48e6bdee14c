package org.actium.codec.java;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.actium.codec.api.Immutable;

/**
 * Which objects cannot change, so that a copy may share them: immutable values of the JDK, enums, objects of classes that
 * the application calls immutable, and records and unmodifiable collections of such. Only what is serializable counts, or
 * a local call would accept what a remote one refuses. {@code docs/semantics.md} has the rule.
 *
 * <p>The answer is worked out once for a class and kept with the class. What is kept are objects of the JDK, so that
 * neither a class keeps this bundle alive, nor this bundle a class.
 */
final class Sharing {

    /** Instances may change, or nobody knows. */
    private static final Integer COPY = 0;
    /** No instance ever changes. */
    private static final Integer SHARE = 1;
    /** A record that is as immutable as what is in it. */
    private static final Integer ASK_COMPONENTS = 2;
    /** An unmodifiable collection. */
    private static final Integer ASK_ELEMENTS = 3;

    /** Values nested deeper than this, or larger collections, are copied: asking would take longer. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_ELEMENTS = 16;

    private static final Set<Class<?>> VALUES = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Class.class,
            BigInteger.class,
            BigDecimal.class,
            MathContext.class,
            UUID.class,
            URI.class,
            Locale.class,
            Pattern.class,
            StackTraceElement.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    /** Two classes each: {@code List.of} and its kin have a compact form for few elements. */
    private static final Set<Class<?>> UNMODIFIABLE = Set.of(
            List.of().getClass(),
            List.of(1).getClass(),
            Set.of().getClass(),
            Set.of(1).getClass(),
            Map.of().getClass(),
            Map.of(1, 1).getClass(),
            Optional.class);

    private final Set<String> immutable;

    private final ClassValue<Integer> answers = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return instancesOf(type, new HashSet<>());
        }
    };

    private final ClassValue<MethodHandle[]> components = new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> record) {
            return undecidedComponents(record);
        }
    };

    /** @param immutable names of classes, in addition to those with the annotation */
    Sharing(Set<String> immutable) {
        this.immutable = immutable;
    }

    boolean canShare(Object value) {
        return isCommon(value) || canShare(value, MAX_DEPTH);
    }

    /** Spares what most arguments are the look at their class. */
    private static boolean isCommon(Object value) {
        return value instanceof String || value instanceof Integer || value instanceof Long || value == null;
    }

    private boolean canShare(Object value, int depth) {
        if (value == null) {
            return true;
        }
        Integer answer = answers.get(value.getClass());
        if (answer.equals(SHARE)) {
            return true;
        }
        if (answer.equals(COPY) || depth == 0) {
            return false;
        }
        return answer.equals(ASK_COMPONENTS)
                ? canShareComponents(value, depth - 1)
                : canShareElements(value, depth - 1);
    }

    private boolean canShareComponents(Object record, int depth) {
        for (MethodHandle component : components.get(record.getClass())) {
            if (!canShare(get(component, record), depth)) {
                return false;
            }
        }
        return true;
    }

    private static Object get(MethodHandle component, Object record) {
        try {
            return component.invokeExact(record);
        } catch (Throwable impossible) {
            throw new IllegalStateException("a field of " + record.getClass() + " cannot be read", impossible);
        }
    }

    private boolean canShareElements(Object unmodifiable, int depth) {
        return switch (unmodifiable) {
            case Optional<?> optional -> canShare(optional.orElse(null), depth);
            case Map<?, ?> map ->
                map.size() <= MAX_ELEMENTS && canShareAll(map.keySet(), depth) && canShareAll(map.values(), depth);
            case Collection<?> elements -> elements.size() <= MAX_ELEMENTS && canShareAll(elements, depth);
            default -> false;
        };
    }

    private boolean canShareAll(Collection<?> elements, int depth) {
        for (Object element : elements) {
            if (!canShare(element, depth)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the application says so of objects whose class is exactly this one. */
    boolean isCalledImmutable(Class<?> type) {
        return Serializable.class.isAssignableFrom(type)
                && !JdkClasses.isJdk(type)
                && (type.isAnnotationPresent(Immutable.class) || immutable.contains(type.getName()));
    }

    /** Whether it is of the JDK and has nothing in it that could be looked at. */
    static boolean isValue(Object object) {
        return VALUES.contains(object.getClass()) || isTime(object.getClass());
    }

    /** What holds for objects whose class is exactly this one. */
    private Integer instancesOf(Class<?> type, Set<Class<?>> underway) {
        if (VALUES.contains(type) || isEnum(type) || isTime(type) || isCalledImmutable(type)) {
            return SHARE;
        }
        if (UNMODIFIABLE.contains(type)) {
            return ASK_ELEMENTS;
        }
        if (!type.isRecord() || !Serializable.class.isAssignableFrom(type) || !underway.add(type)) {
            // a record on the way to itself adds nothing to what its other components say
            return underway.contains(type) ? SHARE : COPY;
        }
        Integer answer = SHARE;
        for (RecordComponent component : type.getRecordComponents()) {
            Integer ofComponent = valuesOf(component.getType(), underway);
            if (ofComponent.equals(COPY)) {
                return COPY;
            }
            answer = ofComponent.equals(SHARE) ? answer : ASK_COMPONENTS;
        }
        return answer.equals(SHARE) || isReadable(type) ? answer : COPY;
    }

    /** What holds for every object that a variable of this type can hold. */
    private Integer valuesOf(Class<?> declared, Set<Class<?>> underway) {
        if (declared.isPrimitive() || declared.isEnum()) {
            return SHARE;
        }
        if (declared.isArray()) {
            return COPY;
        }
        if (Modifier.isFinal(declared.getModifiers())) {
            return instancesOf(declared, underway);
        }
        if (declared.isSealed() && Modifier.isAbstract(declared.getModifiers())) {
            for (Class<?> permitted : declared.getPermittedSubclasses()) {
                if (!valuesOf(permitted, underway).equals(SHARE)) {
                    return ASK_COMPONENTS;
                }
            }
            return SHARE;
        }
        return ASK_COMPONENTS;
    }

    static boolean isEnum(Class<?> type) {
        return type.isEnum()
                || (type.getSuperclass() != null && type.getSuperclass().isEnum());
    }

    private static boolean isTime(Class<?> type) {
        return type.getName().startsWith("java.time.")
                && Modifier.isFinal(type.getModifiers())
                && Serializable.class.isAssignableFrom(type);
    }

    private boolean isReadable(Class<?> record) {
        try {
            undecidedComponents(record);
            return true;
        } catch (InaccessibleObjectException sealedOff) {
            return false;
        }
    }

    /** Getters, of type {@code (Object)Object}, for the components whose types leave the question open. */
    private MethodHandle[] undecidedComponents(Class<?> record) {
        return List.of(record.getRecordComponents()).stream()
                .filter(component ->
                        !valuesOf(component.getType(), new HashSet<>()).equals(SHARE))
                .map(component -> getter(record, component.getName()))
                .toArray(MethodHandle[]::new);
    }

    private static MethodHandle getter(Class<?> record, String component) {
        try {
            Field field = record.getDeclaredField(component);
            field.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectGetter(field)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(record + " has no field for its component " + component, impossible);
        }
    }
}
