package org.actium.codec.java;

import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;

/** Reads one graph that {@link ValueWriter} wrote. Allocates no more than the bytes that are there account for. Used once. */
final class ValueReader {

    /** In place of what is not there before all of it was read. */
    private static final Object UNDERWAY = new Object();

    private final Input in;
    private final ValuePlans plans;
    private final ScopedClasses classes;
    private final Substitution substitution;
    private final ReceivedTable known; // null: the message says all
    private final ReadLimits limits;
    private final ElementBudget budget;
    private final List<Object> counted = new ArrayList<>(4);
    private List<DescribedClass> described; // null until there is one
    private long depth;
    private long references;

    ValueReader(
            Input in,
            ValuePlans plans,
            ScopedClasses classes,
            Substitution substitution,
            ReceivedTable known,
            ReadLimits limits) {
        this.in = in;
        this.plans = plans;
        this.classes = classes;
        this.substitution = substitution;
        this.known = known;
        this.limits = limits;
        this.budget = new ElementBudget(limits);
    }

    Input in() {
        return in;
    }

    /** The next value. For plans too. */
    Object get() throws Exception {
        int tag = in.getByte();
        return switch (tag) {
            case Tags.NULL -> null;
            case Tags.TRUE -> substitution.restore(true);
            case Tags.FALSE -> substitution.restore(false);
            case Tags.BYTE -> substitution.restore((byte) in.getByte());
            case Tags.SHORT -> substitution.restore(in.getShort());
            case Tags.CHAR -> substitution.restore((char) in.getShort());
            case Tags.INT -> substitution.restore((int) in.getSigned());
            case Tags.LONG -> substitution.restore(in.getSigned());
            case Tags.FLOAT -> substitution.restore(Float.intBitsToFloat(in.getInt()));
            case Tags.DOUBLE -> substitution.restore(Double.longBitsToDouble(in.getLong()));
            default -> getReference(tag);
        };
    }

    private Object getReference(int tag) throws Exception {
        limits.requireReferences(++references);
        limits.requireDepth(++depth);
        Object value = getNested(tag);
        depth--;
        return value;
    }

    private Object getNested(int tag) throws Exception {
        return switch (tag) {
            case Tags.LATIN_STRING -> string(latin());
            case Tags.WIDE_STRING ->
                string(new String((char[]) PrimitiveArrays.of(new char[0]).read(in, budget)));
            case Tags.AGAIN -> again(in.getNumber());
            case Tags.CLASS -> substitution.restore(getClassHere().type());
            case Tags.ENUM -> substitution.restore(constant(getClassHere()));
            case Tags.OBJECTS -> array(Object.class);
            case Tags.ARRAY -> array(componentType(getClassHere().type()));
            case Tags.OBJECT, Tags.RECORD -> object(getClassHere());
            case Tags.DATE -> {
                Date date = new Date(in.getSigned());
                yield whole(count(date), date);
            }
            case Tags.OPTIONAL -> substitution.restore(Optional.ofNullable(get()));
            default -> {
                if (tag >= Tags.PRIMITIVES && tag < Tags.PRIMITIVES + PrimitiveArrays.KINDS) {
                    Object array = PrimitiveArrays.at(tag - Tags.PRIMITIVES).read(in, budget);
                    yield whole(count(array), array);
                }
                yield tag >= Tags.OPTIONAL ? substitution.restore(value(tag)) : collection(tag);
            }
        };
    }

    private Object value(int tag) throws StreamCorruptedException {
        return switch (tag) {
            case Tags.OPTIONAL_INT -> {
                boolean present = in.getByte() != 0;
                int value = (int) in.getSigned();
                yield present ? OptionalInt.of(value) : OptionalInt.empty();
            }
            case Tags.OPTIONAL_LONG -> {
                boolean present = in.getByte() != 0;
                long value = in.getSigned();
                yield present ? OptionalLong.of(value) : OptionalLong.empty();
            }
            case Tags.OPTIONAL_DOUBLE -> {
                boolean present = in.getByte() != 0;
                double value = Double.longBitsToDouble(in.getLong());
                yield present ? OptionalDouble.of(value) : OptionalDouble.empty();
            }
            case Tags.UUID -> new UUID(in.getLong(), in.getLong());
            case Tags.INSTANT -> Instant.ofEpochSecond(in.getSigned(), in.getNumber());
            case Tags.DURATION -> Duration.ofSeconds(in.getSigned(), in.getNumber());
            case Tags.LOCAL_DATE -> LocalDate.ofEpochDay(in.getSigned());
            case Tags.LOCAL_DATE_TIME ->
                LocalDateTime.of(LocalDate.ofEpochDay(in.getSigned()), LocalTime.ofNanoOfDay(in.getNumber()));
            case Tags.BIG_INTEGER -> new BigInteger(in.getBytes(in.getCount(1)));
            case Tags.BIG_DECIMAL -> {
                int scale = (int) in.getSigned();
                yield new BigDecimal(new BigInteger(in.getBytes(in.getCount(1))), scale);
            }
            default -> throw new StreamCorruptedException("no value starts with " + tag);
        };
    }

    private Object string(String text) {
        Object restored = substitution.restore(text);
        if (text.length() >= ValueWriter.LONG_STRING) {
            counted.add(restored);
        }
        return restored;
    }

    private String latin() throws StreamCorruptedException {
        int length = in.getCount(1);
        return new String(in.getBytes(length), StandardCharsets.ISO_8859_1);
    }

    private Object again(long number) throws StreamCorruptedException {
        if (number < 0 || number >= counted.size() || counted.get((int) number) == UNDERWAY) {
            throw new StreamCorruptedException("object " + number + " is referred to before it is there");
        }
        return counted.get((int) number);
    }

    /** For plans, before they read what an object refers to, which may refer to it. @return for {@link #whole} */
    int count(Object object) {
        counted.add(object);
        return counted.size() - 1;
    }

    /** The same for what is not there before all of it was read. */
    int begin() {
        return count(UNDERWAY);
    }

    /** All of it was read. @return what it stands for */
    Object whole(int number, Object object) {
        Object restored = substitution.restore(object);
        counted.set(number, restored);
        return restored;
    }

    // ---- classes

    private DescribedClass.Local getClassHere() throws StreamCorruptedException, ClassNotFoundException {
        return getDescribed().in(classes, plans);
    }

    private DescribedClass getDescribed() throws StreamCorruptedException {
        long number = in.getNumber();
        if (number == 0) {
            DescribedClass fresh = new DescribedClass(ClassForm.read(in));
            if (described == null) {
                described = new ArrayList<>(4);
            }
            described.add(fresh);
            return fresh;
        }
        if ((number & 1) == 1) {
            if (known == null) {
                throw new StreamCorruptedException("class " + (number >>> 1) + " was described to somebody else");
            }
            return known.get(number >>> 1);
        }
        long index = (number >>> 1) - 1;
        if (described == null || index >= described.size()) {
            throw new StreamCorruptedException("class " + index + " of the message was not described");
        }
        return described.get((int) index);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // which enum it is shows only here
    private static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class<? extends Enum>) type, name);
    }

    private Object constant(DescribedClass.Local enumeration) throws StreamCorruptedException {
        long ordinal = in.getNumber();
        List<String> constants = enumeration.form().constants();
        if (ordinal < 0 || ordinal >= constants.size() || !enumeration.type().isEnum()) {
            throw new StreamCorruptedException(enumeration.form().name() + " has no constant " + ordinal);
        }
        return constant(enumeration.type(), constants.get((int) ordinal));
    }

    private static Class<?> componentType(Class<?> array) throws StreamCorruptedException {
        if (!array.isArray() || array.componentType().isPrimitive()) {
            throw new StreamCorruptedException(array.getName() + " is no array of objects");
        }
        return array.componentType();
    }

    private Object object(DescribedClass.Local described) throws Exception {
        FieldsPlan plan = plans.fields(described.type())
                .orElseThrow(() -> new CodecException("the message has the fields of "
                        + described.type().getName() + ", which is not read by its fields here"));
        return plan.read(this, described.other());
    }

    // ---- collections

    private Object array(Class<?> component) throws Exception {
        int length = in.getCount(1);
        budget.take(length);
        Object[] array = (Object[]) Array.newInstance(component, length);
        int number = count(array);
        for (int i = 0; i < length; i++) {
            array[i] = get();
        }
        return whole(number, array);
    }

    private Object collection(int tag) throws Exception {
        return switch (tag) {
            case Tags.LINKED_HASH_MAP -> {
                boolean byAccess = in.getByte() != 0;
                int size = entries();
                yield filled(new LinkedHashMap<>(capacity(size), 0.75f, byAccess), size);
            }
            case Tags.HASH_MAP -> {
                int size = entries();
                yield filled(HashMap.newHashMap(size), size);
            }
            case Tags.CONCURRENT_HASH_MAP -> {
                int size = entries();
                yield filled(new ConcurrentHashMap<>(size), size);
            }
            case Tags.LIST_OF -> {
                int number = begin();
                yield whole(number, List.of(elements()));
            }
            case Tags.SET_OF -> {
                int number = begin();
                yield whole(number, Set.of(elements()));
            }
            case Tags.MAP_OF -> {
                int number = begin();
                int size = entries();
                @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generics
                Map.Entry<Object, Object>[] all = new Map.Entry[size];
                for (int i = 0; i < size; i++) {
                    Object key = get();
                    all[i] = Map.entry(key, get());
                }
                yield whole(number, Map.ofEntries(all));
            }
            default -> {
                int size = in.getCount(1);
                budget.take(size);
                yield filled(empty(tag, size), size);
            }
        };
    }

    private static int capacity(int size) {
        return (int) Math.ceil(size / 0.75);
    }

    private static Collection<Object> empty(int tag, int size) throws StreamCorruptedException {
        return switch (tag) {
            case Tags.ARRAY_LIST -> new ArrayList<>(size);
            case Tags.LINKED_LIST -> new LinkedList<>();
            case Tags.ARRAY_DEQUE -> new ArrayDeque<>(size);
            case Tags.HASH_SET -> HashSet.newHashSet(size);
            case Tags.LINKED_HASH_SET -> LinkedHashSet.newLinkedHashSet(size);
            default -> throw new StreamCorruptedException("no value starts with " + tag);
        };
    }

    private int entries() throws StreamCorruptedException {
        int size = in.getCount(2);
        budget.take(2 * size);
        return size;
    }

    private Object filled(Collection<Object> empty, int size) throws Exception {
        int number = count(empty);
        for (int i = 0; i < size; i++) {
            empty.add(get());
        }
        return whole(number, empty);
    }

    private Object filled(Map<Object, Object> empty, int size) throws Exception {
        int number = count(empty);
        for (int i = 0; i < size; i++) {
            Object key = get();
            empty.put(key, get());
        }
        return whole(number, empty);
    }

    private Object[] elements() throws Exception {
        int size = in.getCount(1);
        budget.take(size);
        Object[] elements = new Object[size];
        for (int i = 0; i < size; i++) {
            elements[i] = get();
        }
        return elements;
    }
}
