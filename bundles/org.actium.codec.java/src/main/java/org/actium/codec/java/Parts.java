package org.actium.codec.java;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What an object directly refers to, as far as serialization follows it by default. */
final class Parts {

    private Parts() {}

    /** Hears of each part, with what has to be written behind the object to name it: {@code .customer}, {@code [3]}. */
    @FunctionalInterface
    interface Visitor {

        /** @param part may be {@code null} */
        void reference(String label, Object part);

        /** A field of a primitive type. */
        default void primitive(String label, Object boxed) {}
    }

    /** Elements of primitive arrays, and what objects of the JDK other than collections hold, are left out. */
    static void visit(Object object, Visitor visitor) {
        switch (object) {
            case Collection<?> elements
            when JdkClasses.isJdk(elements.getClass()) -> {
                int index = 0;
                for (Object element : elements) {
                    visitor.reference("[" + index++ + "]", element);
                }
            }
            case Map<?, ?> map when JdkClasses.isJdk(map.getClass()) -> visitEntries(map, visitor);
            case Optional<?> optional -> visitor.reference(".value", optional.orElse(null));
            case AtomicReference<?> reference -> visitor.reference(".value", reference.get());
            case Object[] array -> {
                for (int i = 0; i < array.length; i++) {
                    visitor.reference("[" + i + "]", array[i]);
                }
            }
            case Throwable failure -> {
                visitor.reference(".cause", failure.getCause());
                for (Throwable suppressed : failure.getSuppressed()) {
                    visitor.reference(".suppressed", suppressed);
                }
                visitFields(failure, visitor);
            }
            default -> visitFields(object, visitor);
        }
    }

    private static void visitEntries(Map<?, ?> map, Visitor visitor) {
        map.forEach((key, value) -> {
            visitor.reference(".key", key);
            boolean printable = key == null || JdkClasses.isJdk(key.getClass());
            visitor.reference("[" + (printable ? key : "…") + "]", value);
        });
    }

    private static void visitFields(Object object, Visitor visitor) {
        for (Class<?> type = object.getClass();
                type != null && Serializable.class.isAssignableFrom(type) && !JdkClasses.isJdk(type);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0) {
                    continue;
                }
                Object value = valueOf(field, object);
                if (field.getType().isPrimitive()) {
                    visitor.primitive("." + field.getName(), value);
                } else {
                    visitor.reference("." + field.getName(), value);
                }
            }
        }
    }

    /** How many elements it has, if it is a collection, a map or an array; -1 for all else. */
    static int size(Object object) {
        return switch (object) {
            case Collection<?> elements when JdkClasses.isJdk(elements.getClass()) -> elements.size();
            case Map<?, ?> map when JdkClasses.isJdk(map.getClass()) -> map.size();
            case Object array when array.getClass().isArray() -> Array.getLength(array);
            default -> -1;
        };
    }

    private static Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException | InaccessibleObjectException sealedOff) {
            return null;
        }
    }
}
