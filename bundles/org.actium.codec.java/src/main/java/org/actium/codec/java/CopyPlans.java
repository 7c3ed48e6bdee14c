package org.actium.codec.java;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.actium.codec.java.GraphCopier.GivesUpException;

/** Finds the {@link CopyPlan} of each class, once. A plan is kept with its class, and goes with it. */
final class CopyPlans {

    /** Members by which a class takes its serialization into its own hands. */
    private static final Set<String> HOOKS =
            Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

    private static final CopyPlan GIVE_UP = (original, copier) -> {
        throw new GivesUpException("no plan for " + original.getClass());
    };

    private static final Map<Class<?>, CopyPlan> COLLECTIONS = Map.ofEntries(
            Map.entry(ArrayList.class, collection(ArrayList::new)),
            Map.entry(LinkedList.class, collection(size -> new LinkedList<>())),
            Map.entry(ArrayDeque.class, collection(ArrayDeque::new)),
            Map.entry(HashSet.class, collection(HashSet::newHashSet)),
            Map.entry(LinkedHashSet.class, collection(LinkedHashSet::newLinkedHashSet)),
            Map.entry(HashMap.class, map(original -> HashMap.newHashMap(original.size()))),
            Map.entry(LinkedHashMap.class, map(CopyPlans::emptyLike)),
            Map.entry(ConcurrentHashMap.class, map(original -> new ConcurrentHashMap<>(original.size()))),
            Map.entry(List.of().getClass(), unmodifiable(elements -> List.of(elements.toArray()))),
            Map.entry(List.of(1).getClass(), unmodifiable(elements -> List.of(elements.toArray()))),
            Map.entry(Optional.class, (original, copier) -> ((Optional<?>) original).map(copier::copyOf)));

    private final Allocation allocation = Allocation.ofThisJdk();

    private final ClassValue<CopyPlan> plans = new ClassValue<>() {
        @Override
        protected CopyPlan computeValue(Class<?> type) {
            try {
                return planFor(type);
            } catch (LinkageError | RuntimeException unreadable) {
                return GIVE_UP; // a class it refers to is missing, or its fields are sealed off
            }
        }
    };

    CopyPlan of(Class<?> type) {
        return plans.get(type);
    }

    private CopyPlan planFor(Class<?> type) {
        CopyPlan ofCollection = COLLECTIONS.get(type);
        if (ofCollection != null) {
            return ofCollection;
        }
        if (type.isArray()) {
            return mayTravel(type) ? array(type.componentType()) : GIVE_UP;
        }
        if (type.isHidden() || JdkClasses.isJdk(type) || !isPlain(type)) {
            return GIVE_UP;
        }
        return type.isRecord() ? record(type) : object(type);
    }

    private static boolean mayTravel(Class<?> array) {
        Class<?> element = array;
        while (element.isArray()) {
            element = element.componentType();
        }
        return !JdkClasses.isJdk(element) || JdkClasses.admits(element);
    }

    /** Whether Java serialization would write its fields and nothing else, and read them without asking anyone. */
    static boolean isPlain(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)) {
            return false;
        }
        for (Class<?> part = type; part != null && !JdkClasses.isJdk(part); part = part.getSuperclass()) {
            for (Method method : part.getDeclaredMethods()) {
                if (HOOKS.contains(method.getName())) {
                    return false;
                }
            }
            if (List.of(part.getDeclaredFields()).stream()
                    .anyMatch(field -> field.getName().equals("serialPersistentFields"))) {
                return false;
            }
        }
        return !extendsSerializableOfJdk(type);
    }

    private static boolean extendsSerializableOfJdk(Class<?> type) {
        Class<?> part = type;
        while (!JdkClasses.isJdk(part)) {
            part = part.getSuperclass();
        }
        return part != Record.class && part != Number.class && Serializable.class.isAssignableFrom(part);
    }

    private static CopyPlan record(Class<?> type) {
        FieldCopies fields = FieldCopies.ofRecord(type);
        return (original, copier) -> fields.make(copier, original);
    }

    private CopyPlan object(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return GIVE_UP;
        }
        FieldCopies fields = FieldCopies.ofObject(type);
        return allocation
                .of(type)
                .map(empty -> FieldCopies.referToNothing(type) ? new FlatPlan(empty, fields) : object(empty, fields))
                .orElse(GIVE_UP);
    }

    private static CopyPlan object(Supplier<Object> empty, FieldCopies fields) {
        return (original, copier) -> {
            Object copy = empty.get();
            copier.made(original, copy);
            fields.fill(copy, copier, original);
            return copy;
        };
    }

    private static CopyPlan array(Class<?> component) {
        if (component.isPrimitive()) {
            return (original, copier) -> {
                copier.takes(Array.getLength(original));
                return PrimitiveArrays.of(original).copyOf(original);
            };
        }
        return (original, copier) -> {
            Object[] elements = (Object[]) original;
            copier.takes(elements.length);
            Object[] copy = (Object[]) Array.newInstance(component, elements.length);
            copier.made(original, copy);
            for (int i = 0; i < elements.length; i++) {
                copy[i] = copier.copyOf(elements[i]);
            }
            return copy;
        };
    }

    private static CopyPlan collection(IntFunction<Collection<Object>> empty) {
        return (original, copier) -> {
            Collection<?> elements = (Collection<?>) original;
            copier.takes(elements.size());
            Collection<Object> copy = empty.apply(elements.size());
            copier.made(original, copy);
            for (Object element : elements) {
                copy.add(copier.copyOf(element));
            }
            return copy;
        };
    }

    private static CopyPlan map(Function<Map<?, ?>, Map<Object, Object>> empty) {
        return (original, copier) -> {
            Map<?, ?> entries = (Map<?, ?>) original;
            copier.takes(2 * entries.size());
            Map<Object, Object> copy = empty.apply(entries);
            copier.made(original, copy);
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                copy.put(copier.copyOf(entry.getKey()), copier.copyOf(entry.getValue()));
            }
            return copy;
        };
    }

    /** Only its clone knows whether a map orders by access. */
    @SuppressWarnings("unchecked") // it is empty
    private static Map<Object, Object> emptyLike(Map<?, ?> original) {
        Map<Object, Object> clone = (Map<Object, Object>) ((LinkedHashMap<?, ?>) original).clone();
        clone.clear();
        return clone;
    }

    /** Those come into being with their elements. */
    private static CopyPlan unmodifiable(Function<List<Object>, Object> finish) {
        return (original, copier) -> {
            Collection<?> elements = (Collection<?>) original;
            copier.takes(elements.size());
            List<Object> copies = new ArrayList<>(elements.size());
            for (Object element : elements) {
                copies.add(copier.copyOf(element));
            }
            return finish.apply(copies);
        };
    }
}
