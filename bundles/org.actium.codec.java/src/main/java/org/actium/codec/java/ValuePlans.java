package org.actium.codec.java;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.actium.codec.java.ValueWriter.GivesUpException;

/** Finds the {@link ValuePlan} of each class, once. A plan is kept with its class, and goes with it. */
final class ValuePlans {

    private static final ValuePlan GIVE_UP = (value, original, writer) -> {
        throw new GivesUpException("no plan for " + value.getClass());
    };

    private static final Map<Class<?>, ValuePlan> OF_JDK = Map.ofEntries(
            Map.entry(ArrayList.class, collection(Tags.ARRAY_LIST)),
            Map.entry(LinkedList.class, collection(Tags.LINKED_LIST)),
            Map.entry(ArrayDeque.class, collection(Tags.ARRAY_DEQUE)),
            Map.entry(HashSet.class, collection(Tags.HASH_SET)),
            Map.entry(LinkedHashSet.class, collection(Tags.LINKED_HASH_SET)),
            Map.entry(HashMap.class, map(Tags.HASH_MAP)),
            Map.entry(LinkedHashMap.class, map(Tags.LINKED_HASH_MAP)),
            Map.entry(ConcurrentHashMap.class, map(Tags.CONCURRENT_HASH_MAP)),
            Map.entry(List.of().getClass(), unmodifiable(Tags.LIST_OF)),
            Map.entry(List.of(1).getClass(), unmodifiable(Tags.LIST_OF)),
            Map.entry(Set.of().getClass(), unmodifiable(Tags.SET_OF)),
            Map.entry(Set.of(1).getClass(), unmodifiable(Tags.SET_OF)),
            Map.entry(Map.of().getClass(), ValuePlans::writeMapOf),
            Map.entry(Map.of(1, 1).getClass(), ValuePlans::writeMapOf),
            Map.entry(Optional.class, ValuePlans::writeOptional),
            value(OptionalInt.class, Tags.OPTIONAL_INT, (optional, out) -> {
                out.putByte(optional.isPresent() ? 1 : 0);
                out.putSigned(optional.orElse(0));
            }),
            value(OptionalLong.class, Tags.OPTIONAL_LONG, (optional, out) -> {
                out.putByte(optional.isPresent() ? 1 : 0);
                out.putSigned(optional.orElse(0));
            }),
            value(OptionalDouble.class, Tags.OPTIONAL_DOUBLE, (optional, out) -> {
                out.putByte(optional.isPresent() ? 1 : 0);
                out.putLong(Double.doubleToRawLongBits(optional.orElse(0)));
            }),
            value(UUID.class, Tags.UUID, (id, out) -> {
                out.putLong(id.getMostSignificantBits());
                out.putLong(id.getLeastSignificantBits());
            }),
            value(Instant.class, Tags.INSTANT, (instant, out) -> {
                out.putSigned(instant.getEpochSecond());
                out.putNumber(instant.getNano());
            }),
            value(Duration.class, Tags.DURATION, (duration, out) -> {
                out.putSigned(duration.getSeconds());
                out.putNumber(duration.getNano());
            }),
            value(LocalDate.class, Tags.LOCAL_DATE, (date, out) -> out.putSigned(date.toEpochDay())),
            value(LocalDateTime.class, Tags.LOCAL_DATE_TIME, (time, out) -> {
                out.putSigned(time.toLocalDate().toEpochDay());
                out.putNumber(time.toLocalTime().toNanoOfDay());
            }),
            value(BigInteger.class, Tags.BIG_INTEGER, (number, out) -> putBytes(number.toByteArray(), out)),
            value(BigDecimal.class, Tags.BIG_DECIMAL, (number, out) -> {
                out.putSigned(number.scale());
                putBytes(number.unscaledValue().toByteArray(), out);
            }),
            Map.entry(Date.class, (value, original, writer) -> {
                writer.count(original);
                writer.out().putByte(Tags.DATE);
                writer.out().putSigned(((Date) value).getTime());
            }));

    private final Allocation allocation = Allocation.ofThisJdk();

    private final ClassValue<ValuePlan> plans = new ClassValue<>() {
        @Override
        protected ValuePlan computeValue(Class<?> type) {
            try {
                return planFor(type);
            } catch (LinkageError | RuntimeException unreadable) {
                return GIVE_UP; // a class it refers to is missing, or its fields are sealed off
            }
        }
    };

    ValuePlan of(Class<?> type) {
        return plans.get(type);
    }

    /** How it is described to readers. */
    ClassForm form(Class<?> type) {
        return plans.get(type) instanceof FieldsPlan fields
                ? fields.form()
                : type.isEnum() ? ClassForm.ofEnum(type) : ClassForm.plain(type);
    }

    /** The plan of a class whose fields are written; empty if they are not. */
    Optional<FieldsPlan> fields(Class<?> type) {
        return plans.get(type) instanceof FieldsPlan fields ? Optional.of(fields) : Optional.empty();
    }

    private ValuePlan planFor(Class<?> type) {
        ValuePlan ofJdk = OF_JDK.get(type);
        if (ofJdk != null) {
            return ofJdk;
        }
        if (type.isArray()) {
            return array(type);
        }
        if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
            return mayTravel(type) ? ValuePlans::writeEnum : GIVE_UP;
        }
        if (type.isHidden() || JdkClasses.isJdk(type) || !CopyPlans.isPlain(type) || isAbstract(type)) {
            return GIVE_UP;
        }
        return FieldsPlan.of(type, allocation).<ValuePlan>map(plan -> plan).orElse(GIVE_UP);
    }

    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers());
    }

    private static boolean mayTravel(Class<?> type) {
        return !JdkClasses.isJdk(type) || JdkClasses.admits(type);
    }

    private static <T> Map.Entry<Class<?>, ValuePlan> value(Class<T> type, int tag, BiConsumer<T, Output> content) {
        return Map.entry(type, (value, original, writer) -> {
            writer.out().putByte(tag);
            content.accept(type.cast(value), writer.out());
        });
    }

    private static void putBytes(byte[] bytes, Output out) {
        out.putNumber(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static void writeOptional(Object value, Object original, ValueWriter writer) {
        writer.out().putByte(Tags.OPTIONAL);
        writer.put(((Optional<?>) value).orElse(null));
    }

    private static void writeEnum(Object value, Object original, ValueWriter writer) {
        Enum<?> constant = (Enum<?>) value;
        writer.out().putByte(Tags.ENUM);
        writer.putClass(constant.getDeclaringClass());
        writer.out().putNumber(constant.ordinal());
    }

    private static ValuePlan array(Class<?> type) {
        if (type.componentType().isPrimitive()) {
            return (value, original, writer) -> {
                PrimitiveArrays<?> kind = PrimitiveArrays.of(value);
                writer.count(original);
                writer.out().putByte(Tags.PRIMITIVES + kind.index());
                kind.write(value, writer.out());
            };
        }
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        if (!mayTravel(element)) {
            return GIVE_UP;
        }
        return (value, original, writer) -> {
            Object[] elements = (Object[]) value;
            writer.count(original);
            if (type == Object[].class) {
                writer.out().putByte(Tags.OBJECTS);
            } else {
                writer.out().putByte(Tags.ARRAY);
                writer.putClass(type);
            }
            writer.out().putNumber(elements.length);
            for (Object each : elements) {
                writer.put(each);
            }
        };
    }

    private static ValuePlan collection(int tag) {
        return (value, original, writer) -> {
            writer.count(original);
            writer.out().putByte(tag);
            putElements((Collection<?>) value, writer);
        };
    }

    /** Those come into being with their elements. */
    private static ValuePlan unmodifiable(int tag) {
        return (value, original, writer) -> {
            int number = writer.begin(original);
            writer.out().putByte(tag);
            for (Object element : (Collection<?>) value) {
                if (element == null) {
                    throw new GivesUpException("a list that may have null");
                }
            }
            putElements((Collection<?>) value, writer);
            writer.whole(original, number);
        };
    }

    private static void putElements(Collection<?> elements, ValueWriter writer) {
        int size = elements.size();
        writer.out().putNumber(size);
        int left = size;
        for (Object element : elements) {
            writer.put(element);
            left--;
        }
        requireAll(left);
    }

    /** It may change meanwhile, which Java serialization may notice or not. */
    private static void requireAll(int left) {
        if (left != 0) {
            throw new GivesUpException("a collection that changes");
        }
    }

    private static ValuePlan map(int tag) {
        return (value, original, writer) -> {
            writer.count(original);
            writer.out().putByte(tag);
            if (value instanceof LinkedHashMap<?, ?> linked) {
                writer.out().putByte(ordersByAccess(linked) ? 1 : 0);
            }
            putEntries((Map<?, ?>) value, writer);
        };
    }

    /** Only its clone knows, and shows it. */
    @SuppressWarnings("unchecked") // it is empty
    private static boolean ordersByAccess(LinkedHashMap<?, ?> map) {
        LinkedHashMap<Object, Object> probe = (LinkedHashMap<Object, Object>) map.clone();
        probe.clear();
        probe.put(1, 1);
        probe.put(2, 2);
        probe.get(1);
        return probe.firstEntry().getKey().equals(2);
    }

    private static void writeMapOf(Object value, Object original, ValueWriter writer) {
        int number = writer.begin(original);
        writer.out().putByte(Tags.MAP_OF);
        putEntries((Map<?, ?>) value, writer);
        writer.whole(original, number);
    }

    private static void putEntries(Map<?, ?> entries, ValueWriter writer) {
        int size = entries.size();
        writer.out().putNumber(size);
        int left = size;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            writer.put(entry.getKey());
            writer.put(entry.getValue());
            left--;
        }
        requireAll(left);
    }
}
