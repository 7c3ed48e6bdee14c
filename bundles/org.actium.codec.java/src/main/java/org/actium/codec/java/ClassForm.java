package org.actium.codec.java;

import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How a class is described to a reader: enough to read what is written of its instances, whatever version of the class the
 * reader has.
 *
 * @param levels of an object: the class and what it extends as far as that is serializable, from the top; of a record one;
 *     empty for all others
 * @param constants of an enum, in order
 */
record ClassForm(String name, List<Level> levels, List<String> constants) {

    private static final int PLAIN = 0;
    private static final int FIELDS = 1;
    private static final int CONSTANTS = 2;

    /**
     * A class with fields.
     *
     * @param serialVersionUid 0 for records
     */
    record Level(String name, long serialVersionUid, List<Slot> slots) {}

    /** @param type as in a descriptor, with {@code L} for all references */
    record Slot(String name, char type) {

        static Slot of(String name, Class<?> type) {
            return new Slot(name, type.isPrimitive() ? type.descriptorString().charAt(0) : 'L');
        }
    }

    ClassForm {
        Objects.requireNonNull(name, "name");
        levels = List.copyOf(levels);
        constants = List.copyOf(constants);
    }

    /** Of a class that is only named. */
    static ClassForm plain(Class<?> type) {
        return new ClassForm(type.getName(), List.of(), List.of());
    }

    static ClassForm ofEnum(Class<?> type) {
        return new ClassForm(
                type.getName(),
                List.of(),
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList());
    }

    void writeTo(Output out) {
        out.putText(name);
        if (!constants.isEmpty()) {
            out.putByte(CONSTANTS);
            out.putNumber(constants.size());
            constants.forEach(out::putText);
            return;
        }
        out.putByte(levels.isEmpty() ? PLAIN : FIELDS);
        if (levels.isEmpty()) {
            return;
        }
        out.putNumber(levels.size());
        for (Level level : levels) {
            out.putText(level.name());
            out.putLong(level.serialVersionUid());
            out.putNumber(level.slots().size());
            for (Slot slot : level.slots()) {
                out.putByte(slot.type());
                out.putText(slot.name());
            }
        }
    }

    byte[] toBytes() {
        Output out = new Output(128);
        writeTo(out);
        return out.toBytes();
    }

    static ClassForm read(Input in) throws StreamCorruptedException {
        String name = in.getText();
        int kind = in.getByte();
        return switch (kind) {
            case PLAIN -> new ClassForm(name, List.of(), List.of());
            case FIELDS -> new ClassForm(name, readLevels(in), List.of());
            case CONSTANTS -> new ClassForm(name, List.of(), readConstants(in));
            default -> throw new StreamCorruptedException("no class has the form " + kind);
        };
    }

    private static List<String> readConstants(Input in) throws StreamCorruptedException {
        List<String> constants = new ArrayList<>();
        for (int left = in.getCount(1); left > 0; left--) {
            constants.add(in.getText());
        }
        return constants;
    }

    private static List<Level> readLevels(Input in) throws StreamCorruptedException {
        List<Level> levels = new ArrayList<>();
        for (int left = in.getCount(1 + Long.BYTES + 1); left > 0; left--) {
            String name = in.getText();
            long serialVersionUid = in.getLong();
            List<Slot> slots = new ArrayList<>();
            for (int slotsLeft = in.getCount(2); slotsLeft > 0; slotsLeft--) {
                char type = (char) in.getByte();
                if ("ZBCSIJFDL".indexOf(type) < 0) {
                    throw new StreamCorruptedException("no field has the type '" + type + "'");
                }
                slots.add(new Slot(in.getText(), type));
            }
            levels.add(new Level(name, serialVersionUid, slots));
        }
        return levels;
    }
}
