package org.actium.codec.java;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import org.actium.codec.api.Substitution;

/**
 * Values that are written by hand, because most arguments and results are such: {@code null}, strings, boxes, arrays of
 * primitives, and an {@code Object[]} of those in which no array occurs twice.
 *
 * <p>Each is a tag byte, and then: a number in big-endian order, or for strings and arrays the length in four bytes and
 * the elements.
 */
final class SimpleValues {

    /** The tag of everything else. */
    static final int GRAPH = 0;

    private static final int NULL = 1;
    private static final int TRUE = 2;
    private static final int FALSE = 3;
    private static final int BYTE = 4;
    private static final int SHORT = 5;
    private static final int CHAR = 6;
    private static final int INT = 7;
    private static final int LONG = 8;
    private static final int FLOAT = 9;
    private static final int DOUBLE = 10;
    /** A string of characters below 256, one byte each. */
    private static final int LATIN_STRING = 11;
    /** Any other string, two bytes a character: unpaired surrogates survive. */
    private static final int WIDE_STRING = 12;

    private static final int OBJECTS = 13;
    /** The first of the primitive arrays, in the order of {@link PrimitiveArrays}. */
    private static final int PRIMITIVES = 32;

    private static final int MAX_OBJECTS = 64;

    private SimpleValues() {}

    /**
     * Writes the value if it is simple and the substitution leaves it alone; otherwise writes nothing and returns
     * false.
     */
    static boolean write(Object value, OutputStream out, Substitution substitution) throws IOException {
        if (!(value != null && value.getClass() == Object[].class
                ? isSimpleArray((Object[]) value, substitution)
                : isSimple(value, substitution))) {
            return false;
        }
        writeSimple(value, out);
        return true;
    }

    private static boolean isSimpleArray(Object[] values, Substitution substitution) {
        if (values.length > MAX_OBJECTS || !staysAsItIs(values, substitution)) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!isSimple(values[i], substitution) || isArrayThatOccursBefore(i, values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isArrayThatOccursBefore(int index, Object[] values) {
        Object value = values[index];
        if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < index; i++) {
                if (values[i] == value) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSimple(Object value, Substitution substitution) {
        boolean simple = value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Float
                || value instanceof Byte
                || value instanceof Short
                || PrimitiveArrays.of(value) != null;
        return simple && staysAsItIs(value, substitution);
    }

    private static boolean staysAsItIs(Object value, Substitution substitution) {
        return value == null || substitution.replace(value) == value;
    }

    private static void writeSimple(Object value, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        switch (value) {
            case null -> data.writeByte(NULL);
            case String s -> writeString(s, data);
            case Integer i -> {
                data.writeByte(INT);
                data.writeInt(i);
            }
            case Long l -> {
                data.writeByte(LONG);
                data.writeLong(l);
            }
            case Double d -> {
                data.writeByte(DOUBLE);
                data.writeLong(Double.doubleToRawLongBits(d));
            }
            case Boolean b -> data.writeByte(b ? TRUE : FALSE);
            case Character c -> {
                data.writeByte(CHAR);
                data.writeChar(c);
            }
            case Float f -> {
                data.writeByte(FLOAT);
                data.writeInt(Float.floatToRawIntBits(f));
            }
            case Byte b -> {
                data.writeByte(BYTE);
                data.writeByte(b);
            }
            case Short s -> {
                data.writeByte(SHORT);
                data.writeShort(s);
            }
            case Object[] values -> {
                data.writeByte(OBJECTS);
                data.writeInt(values.length);
                for (Object element : values) {
                    writeSimple(element, out);
                }
            }
            default -> {
                PrimitiveArrays<?> kind = PrimitiveArrays.of(value);
                data.writeByte(PRIMITIVES + kind.index());
                kind.write(value, out);
            }
        }
    }

    private static void writeString(String text, DataOutputStream data) throws IOException {
        if (isLatin(text)) {
            data.writeByte(LATIN_STRING);
            data.writeInt(text.length());
            data.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            data.writeByte(WIDE_STRING);
            PrimitiveArrays.of(new char[0]).write(text.toCharArray(), data);
        }
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Reads what {@link #write} wrote after its tag. */
    static Object read(int tag, InputStream in, Substitution substitution, ReadLimits limits) throws IOException {
        return read(tag, in, substitution, new ElementBudget(limits.elements()), true);
    }

    private static Object read(int tag, InputStream in, Substitution substitution, ElementBudget budget, boolean outer)
            throws IOException {
        if (tag == NULL) {
            return null;
        }
        DataInputStream data = new DataInputStream(in);
        Object value = switch (tag) {
            case TRUE -> true;
            case FALSE -> false;
            case BYTE -> data.readByte();
            case SHORT -> data.readShort();
            case CHAR -> data.readChar();
            case INT -> data.readInt();
            case LONG -> data.readLong();
            case FLOAT -> Float.intBitsToFloat(data.readInt());
            case DOUBLE -> Double.longBitsToDouble(data.readLong());
            case LATIN_STRING -> {
                int length = data.readInt();
                budget.take(length);
                yield new String(PrimitiveArrays.exactly(in, new byte[length], length), StandardCharsets.ISO_8859_1);
            }
            case WIDE_STRING ->
                new String((char[]) PrimitiveArrays.of(new char[0]).read(in, budget));
            default -> {
                if (tag == OBJECTS && outer) {
                    yield readArray(data, substitution, budget);
                }
                if (tag < PRIMITIVES || tag >= PRIMITIVES + PrimitiveArrays.KINDS) {
                    throw new StreamCorruptedException("no value starts with " + tag);
                }
                yield PrimitiveArrays.at(tag - PRIMITIVES).read(in, budget);
            }
        };
        return substitution.restore(value);
    }

    private static Object[] readArray(DataInputStream data, Substitution substitution, ElementBudget budget)
            throws IOException {
        int length = data.readInt();
        budget.take(length);
        if (length > MAX_OBJECTS) {
            throw new StreamCorruptedException("an array of " + length + " objects is not a simple value");
        }
        Object[] values = new Object[length];
        for (int i = 0; i < length; i++) {
            values[i] = read(data.read(), data, substitution, budget, false);
        }
        return values;
    }
}
