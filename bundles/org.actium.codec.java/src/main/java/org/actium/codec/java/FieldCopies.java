package org.actium.codec.java;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies all fields of an object in one call: one method handle for each class, put together from getters and setters,
 * with {@link GraphCopier#copyOf} between them where a field is a reference.
 */
final class FieldCopies {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle COPY_OF = copyOf();
    private static final MethodType FILL =
            MethodType.methodType(void.class, Object.class, GraphCopier.class, Object.class);
    private static final MethodType MAKE = MethodType.methodType(Object.class, GraphCopier.class, Object.class);

    private final MethodHandle handle;

    private FieldCopies(MethodHandle handle) {
        this.handle = handle;
    }

    private static MethodHandle copyOf() {
        try {
            return LOOKUP.findVirtual(GraphCopier.class, "copyOf", MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** All fields that are neither static nor transient, of the class and what it extends as far as that is serializable. */
    static FieldCopies ofObject(Class<?> type) {
        MethodHandle all = MethodHandles.empty(FILL);
        for (Field field : fields(type)) {
            all = MethodHandles.foldArguments(all, step(field));
        }
        return new FieldCopies(all);
    }

    /** Its components, which go through its canonical constructor. */
    static FieldCopies ofRecord(Class<?> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            MethodHandle[] values = new MethodHandle[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(type.getDeclaredField(components[i].getName()));
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            MethodHandle make = LOOKUP.unreflectConstructor(canonical);
            for (int i = components.length - 1; i >= 0; i--) {
                make = MethodHandles.collectArguments(make, i, values[i]);
            }
            int[] twice = new int[2 * components.length];
            for (int i = 0; i < components.length; i++) {
                twice[2 * i + 1] = 1;
            }
            return new FieldCopies(MethodHandles.permuteArguments(
                    make.asType(make.type().changeReturnType(Object.class)), MAKE, twice));
        } catch (ReflectiveOperationException sealedOff) {
            throw new IllegalStateException(type + " has no canonical constructor that can be called", sealedOff);
        }
    }

    /** Whether none of the fields that {@link #ofObject} copies refers to anything that is copied itself. */
    static boolean referToNothing(Class<?> type) {
        return fields(type).stream().map(Field::getType).allMatch(FieldCopies::isValue);
    }

    private static boolean isValue(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type == String.class;
    }

    private static List<Field> fields(Class<?> type) {
        return serializableParts(type).reversed().stream()
                .flatMap(part -> fieldsOf(part).stream())
                .toList();
    }

    /** The class and what it extends as far as that is serializable, from the top. */
    static List<Class<?>> serializableParts(Class<?> type) {
        List<Class<?>> parts = new ArrayList<>();
        for (Class<?> part = type;
                part != null && Serializable.class.isAssignableFrom(part) && !JdkClasses.isJdk(part);
                part = part.getSuperclass()) {
            parts.add(part);
        }
        return parts.reversed();
    }

    /** Those of this very class that travel. */
    static List<Field> fieldsOf(Class<?> part) {
        return Arrays.stream(part.getDeclaredFields())
                .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
                .toList();
    }

    /** {@code (copy, copier, original)}: sets the field. */
    private static MethodHandle step(Field field) {
        try {
            field.setAccessible(true);
            MethodHandle set = LOOKUP.unreflectSetter(field);
            return MethodHandles.collectArguments(
                    set.asType(set.type().changeParameterType(0, Object.class)), 1, value(field));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(field + " cannot be set", impossible);
        }
    }

    /** {@code (copier, original)}: what the copy gets. */
    private static MethodHandle value(Field field) {
        try {
            field.setAccessible(true);
            MethodHandle get = LOOKUP.unreflectGetter(field);
            MethodHandle from = get.asType(get.type().changeParameterType(0, Object.class));
            if (isValue(field.getType())) {
                return MethodHandles.dropArguments(from, 0, GraphCopier.class);
            }
            MethodHandle copied = MethodHandles.collectArguments(
                    COPY_OF, 1, from.asType(from.type().changeReturnType(Object.class)));
            return copied.asType(copied.type().changeReturnType(field.getType()));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(field + " cannot be read", impossible);
        }
    }

    void fill(Object copy, GraphCopier copier, Object original) {
        try {
            handle.invokeExact(copy, copier, original);
        } catch (Throwable failed) {
            throw unchecked(failed);
        }
    }

    Object make(GraphCopier copier, Object original) {
        try {
            return (Object) handle.invokeExact(copier, original);
        } catch (Throwable failed) {
            throw unchecked(failed);
        }
    }

    private static RuntimeException unchecked(Throwable failed) {
        return switch (failed) {
            case RuntimeException thrown -> thrown;
            case Error error -> throw error;
            default -> new GraphCopier.GivesUpException("a constructor threw " + failed);
        };
    }
}
