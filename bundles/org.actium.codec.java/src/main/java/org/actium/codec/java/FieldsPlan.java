package org.actium.codec.java;

import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.actium.codec.api.CodecException;

/**
 * Objects that are their fields, and records: writes and reads all fields in one call, of method handles put together once
 * for each class. Fields of a level are in the order of their names.
 */
final class FieldsPlan implements ValuePlan {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType WRITE = MethodType.methodType(void.class, Object.class, ValueWriter.class);
    private static final MethodType FILL = MethodType.methodType(void.class, Object.class, ValueReader.class);
    private static final MethodType MAKE = MethodType.methodType(Object.class, ValueReader.class);

    private final Class<?> type;
    private final ClassForm form;
    private final Supplier<Object> empty; // null for records
    private final List<List<Field>> fields; // of each level
    private final MethodHandle write;
    private final MethodHandle read; // fills an object, makes a record

    private FieldsPlan(
            Class<?> type,
            ClassForm form,
            Supplier<Object> empty,
            List<List<Field>> fields,
            MethodHandle write,
            MethodHandle read) {
        this.type = type;
        this.form = form;
        this.empty = empty;
        this.fields = fields;
        this.write = write;
        this.read = read;
    }

    /** Empty if deserialization could not make any instance. */
    static Optional<FieldsPlan> of(Class<?> type, Allocation allocation) {
        return type.isRecord()
                ? Optional.of(ofRecord(type))
                : allocation.of(type).map(empty -> ofObject(type, empty));
    }

    private static FieldsPlan ofObject(Class<?> type, Supplier<Object> empty) {
        List<List<Field>> fields = new ArrayList<>();
        List<ClassForm.Level> levels = new ArrayList<>();
        for (Class<?> part : FieldCopies.serializableParts(type)) {
            List<Field> ofPart = sorted(FieldCopies.fieldsOf(part));
            fields.add(ofPart);
            levels.add(new ClassForm.Level(
                    part.getName(), ObjectStreamClass.lookup(part).getSerialVersionUID(), slots(ofPart)));
        }
        List<Field> all = fields.stream().flatMap(List::stream).toList();
        MethodHandle fill = MethodHandles.empty(FILL);
        for (Field field : all.reversed()) {
            fill = MethodHandles.foldArguments(fill, setter(field));
        }
        return new FieldsPlan(
                type, new ClassForm(type.getName(), levels, List.of()), empty, fields, writing(all), fill);
    }

    private static FieldsPlan ofRecord(Class<?> type) {
        try {
            List<Field> fields = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(type.getDeclaredField(component.getName()));
            }
            Class<?>[] types = fields.stream().map(Field::getType).toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            MethodHandle make = LOOKUP.unreflectConstructor(canonical);
            for (int i = types.length - 1; i >= 0; i--) {
                make = MethodHandles.collectArguments(make, i, reading(types[i]));
            }
            make = MethodHandles.permuteArguments(
                    make.asType(make.type().changeReturnType(Object.class)), MAKE, new int[types.length]);
            ClassForm form = new ClassForm(
                    type.getName(), List.of(new ClassForm.Level(type.getName(), 0, slots(fields))), List.of());
            return new FieldsPlan(type, form, null, List.of(fields), writing(fields), make);
        } catch (ReflectiveOperationException sealedOff) {
            throw new IllegalStateException(type + " has no canonical constructor that can be called", sealedOff);
        }
    }

    private static List<Field> sorted(List<Field> fields) {
        return fields.stream().sorted(Comparator.comparing(Field::getName)).toList();
    }

    private static List<ClassForm.Slot> slots(List<Field> fields) {
        return fields.stream()
                .map(field -> ClassForm.Slot.of(field.getName(), field.getType()))
                .toList();
    }

    private static MethodHandle writing(List<Field> fields) {
        MethodHandle all = MethodHandles.empty(WRITE);
        for (Field field : fields.reversed()) {
            all = MethodHandles.foldArguments(all, getter(field));
        }
        return all;
    }

    /** {@code (object, writer)}: writes the field. */
    private static MethodHandle getter(Field field) {
        try {
            field.setAccessible(true);
            MethodHandle get = LOOKUP.unreflectGetter(field);
            Class<?> slot = field.getType().isPrimitive() ? field.getType() : Object.class;
            MethodHandle from = get.asType(MethodType.methodType(slot, Object.class));
            MethodHandle put =
                    LOOKUP.findStatic(Slots.class, "put", MethodType.methodType(void.class, slot, ValueWriter.class));
            return MethodHandles.collectArguments(put, 0, from);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(field + " cannot be read", impossible);
        }
    }

    /** {@code (object, reader)}: sets the field. */
    private static MethodHandle setter(Field field) {
        try {
            field.setAccessible(true);
            MethodHandle set = LOOKUP.unreflectSetter(field);
            return MethodHandles.collectArguments(
                    set.asType(set.type().changeParameterType(0, Object.class)), 1, reading(field.getType()));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(field + " cannot be set", impossible);
        }
    }

    /** {@code (reader)}: a value of that type. */
    private static MethodHandle reading(Class<?> type) throws ReflectiveOperationException {
        MethodHandle get = type.isPrimitive()
                ? LOOKUP.findStatic(Slots.class, type.getName() + "Of", MethodType.methodType(type, ValueReader.class))
                : LOOKUP.findVirtual(ValueReader.class, "get", MethodType.methodType(Object.class));
        return get.asType(get.type().changeReturnType(type));
    }

    ClassForm form() {
        return form;
    }

    @Override
    public void write(Object value, Object original, ValueWriter writer) {
        if (empty != null) {
            writer.count(original);
            writer.out().putByte(Tags.OBJECT);
            writer.putClass(type);
            writeFields(value, writer);
        } else {
            int number = writer.begin(original);
            writer.out().putByte(Tags.RECORD);
            writer.putClass(type);
            writeFields(value, writer);
            writer.whole(original, number);
        }
    }

    private void writeFields(Object value, ValueWriter writer) {
        try {
            write.invokeExact(value, writer);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param other how the writer describes the class, if not as this runtime does
     * @throws CodecException if the two versions of the class do not fit each other
     */
    Object read(ValueReader reader, Optional<ClassForm> other) throws Exception {
        if (empty == null) {
            int number = reader.begin();
            Object made = other.isPresent() ? makeOther(reader, other.get()) : make(reader);
            return reader.whole(number, made);
        }
        Object object = empty.get();
        int number = reader.count(object);
        if (other.isPresent()) {
            fillOther(object, reader, other.get());
        } else {
            fill(object, reader);
        }
        return reader.whole(number, object);
    }

    private void fill(Object object, ValueReader reader) throws Exception {
        try {
            read.invokeExact(object, reader);
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object make(ValueReader reader) throws Exception {
        try {
            return (Object) read.invokeExact(reader);
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    // ---- another version of the class

    private void fillOther(Object object, ValueReader reader, ClassForm other) throws Exception {
        for (ClassForm.Level level : other.levels()) {
            int mine = indexOf(level);
            for (ClassForm.Slot slot : level.slots()) {
                Object value = Slots.get(slot.type(), reader);
                Optional<Field> field = mine < 0 ? Optional.empty() : field(fields.get(mine), slot);
                if (field.isPresent()) {
                    field.get().set(object, value);
                }
            }
        }
    }

    /** The level here that has the same name; -1 if there is none. */
    private int indexOf(ClassForm.Level other) {
        for (int i = 0; i < form.levels().size(); i++) {
            ClassForm.Level mine = form.levels().get(i);
            if (mine.name().equals(other.name())) {
                if (mine.serialVersionUid() != other.serialVersionUid()) {
                    throw new CodecException(mine.name() + " has the serialVersionUID " + mine.serialVersionUid()
                            + " here and " + other.serialVersionUid()
                            + " where it was written; say the same in both versions if they fit each other");
                }
                return i;
            }
        }
        return -1;
    }

    private Optional<Field> field(List<Field> level, ClassForm.Slot slot) {
        Optional<Field> found = level.stream()
                .filter(field -> field.getName().equals(slot.name()))
                .findFirst();
        found.ifPresent(field -> {
            char here = ClassForm.Slot.of(field.getName(), field.getType()).type();
            if (here != slot.type()) {
                throw new CodecException("field " + slot.name() + " of " + type.getName() + " has the type " + here
                        + " here and " + slot.type() + " where it was written");
            }
        });
        return found;
    }

    private Object makeOther(ValueReader reader, ClassForm other) throws Exception {
        List<Field> components = fields.getFirst();
        Map<String, Object> values = new HashMap<>();
        for (ClassForm.Level level : other.levels()) {
            for (ClassForm.Slot slot : level.slots()) {
                Object value = Slots.get(slot.type(), reader);
                field(components, slot).ifPresent(field -> values.put(field.getName(), value));
            }
        }
        Object[] arguments = components.stream()
                .map(component -> values.getOrDefault(component.getName(), zero(component.getType())))
                .toArray();
        Constructor<?> canonical = type.getDeclaredConstructor(
                components.stream().map(Field::getType).toArray(Class<?>[]::new));
        canonical.setAccessible(true);
        return canonical.newInstance(arguments);
    }

    private static Object zero(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    /** Fields of primitive types, without tags. The names are those that {@link #reading} makes. */
    static final class Slots {

        private Slots() {}

        static void put(Object value, ValueWriter writer) {
            writer.put(value);
        }

        static void put(boolean value, ValueWriter writer) {
            writer.out().putByte(value ? 1 : 0);
        }

        static void put(byte value, ValueWriter writer) {
            writer.out().putByte(value);
        }

        static void put(char value, ValueWriter writer) {
            writer.out().putShort(value);
        }

        static void put(short value, ValueWriter writer) {
            writer.out().putShort(value);
        }

        static void put(int value, ValueWriter writer) {
            writer.out().putSigned(value);
        }

        static void put(long value, ValueWriter writer) {
            writer.out().putSigned(value);
        }

        static void put(float value, ValueWriter writer) {
            writer.out().putInt(Float.floatToRawIntBits(value));
        }

        static void put(double value, ValueWriter writer) {
            writer.out().putLong(Double.doubleToRawLongBits(value));
        }

        static boolean booleanOf(ValueReader reader) {
            return reader.in().getByte() != 0;
        }

        static byte byteOf(ValueReader reader) {
            return (byte) reader.in().getByte();
        }

        static char charOf(ValueReader reader) {
            return (char) reader.in().getShort();
        }

        static short shortOf(ValueReader reader) {
            return reader.in().getShort();
        }

        static int intOf(ValueReader reader) throws StreamCorruptedException {
            return (int) reader.in().getSigned();
        }

        static long longOf(ValueReader reader) throws StreamCorruptedException {
            return reader.in().getSigned();
        }

        static float floatOf(ValueReader reader) {
            return Float.intBitsToFloat(reader.in().getInt());
        }

        static double doubleOf(ValueReader reader) {
            return Double.longBitsToDouble(reader.in().getLong());
        }

        /** @param type as in {@link ClassForm.Slot} */
        static Object get(char type, ValueReader reader) throws Exception {
            return switch (type) {
                case 'Z' -> booleanOf(reader);
                case 'B' -> byteOf(reader);
                case 'C' -> charOf(reader);
                case 'S' -> shortOf(reader);
                case 'I' -> intOf(reader);
                case 'J' -> longOf(reader);
                case 'F' -> floatOf(reader);
                case 'D' -> doubleOf(reader);
                default -> reader.get();
            };
        }
    }
}
