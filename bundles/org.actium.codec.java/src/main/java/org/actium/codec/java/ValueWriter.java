package org.actium.codec.java;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.actium.codec.api.Substitution;

/**
 * Writes one graph by hand: a tag for each value ({@link Tags}), then what the tag says. What it does not know how to write
 * such that it can be read as Java serialization would read it (a class with a {@code writeObject} of its own, a cycle
 * through a record, something that may not travel at all) makes it give up; the stream then writes it, or says what is
 * wrong. Used once.
 *
 * <p>Objects that can occur again are counted as they begin, and named by that count.
 */
final class ValueWriter {

    /** Strings from this length on are counted. */
    static final int LONG_STRING = 16;

    private final Output out;
    private final ValuePlans plans;
    private final Substitution substitution;
    private final SentTable told; // null: the reader knows nothing
    private Object first; // what was counted first: most messages need no table
    private int numberOfFirst;
    private Map<Object, Integer> numbers; // of all others; negative before what has to be whole is
    private Map<Object, Object> substitutes; // null until there is one
    private Map<Class<?>, Integer> described; // in this message; null until there is one
    private int counted;

    /** There is something in the graph that only the stream writes. */
    static final class GivesUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivesUpException(String why) {
            super(why, null, false, false);
        }
    }

    ValueWriter(Output out, ValuePlans plans, Substitution substitution, SentTable told) {
        this.out = out;
        this.plans = plans;
        this.substitution = substitution;
        this.told = told;
    }

    /** Returns false if it gives up; the output then has what it had before. */
    boolean write(Object root) {
        int before = out.size();
        try {
            put(root);
            return true;
        } catch (RuntimeException | LinkageError | StackOverflowError givenUp) {
            out.truncate(before);
            return false;
        }
    }

    /** What the substitution has replaced so far, by object. */
    Map<Object, Object> substitutes() {
        return substitutes == null ? Map.of() : substitutes;
    }

    Output out() {
        return out;
    }

    /** For plans, about everything that an object refers to. */
    void put(Object original) {
        if (original == null) {
            out.putByte(Tags.NULL);
            return;
        }
        if (isAgain(original)) {
            return;
        }
        Object substitute = substitutes != null && substitutes.containsKey(original)
                ? substitutes.get(original)
                : substitution.replace(original);
        if (substitute == original) {
            putUnreplaced(original, original);
            return;
        }
        if (substitutes == null) {
            substitutes = new IdentityHashMap<>(4);
        }
        substitutes.put(original, substitute);
        if (substitute == null) {
            out.putByte(Tags.NULL);
        } else if (!isAgain(substitute)) {
            putUnreplaced(substitute, original);
        }
    }

    private boolean isAgain(Object object) {
        int number = numberOfFirst;
        if (object != first) {
            Integer known = numbers == null ? null : numbers.get(object);
            if (known == null) {
                return false;
            }
            number = known;
        }
        if (number < 0) {
            throw new GivesUpException("a cycle through " + object.getClass());
        }
        out.putByte(Tags.AGAIN);
        out.putNumber(number);
        return true;
    }

    /** @param original by which it is found when it occurs again */
    private void putUnreplaced(Object value, Object original) {
        switch (value) {
            case String text -> putString(text, original);
            case Integer i -> {
                out.putByte(Tags.INT);
                out.putSigned(i);
            }
            case Long l -> {
                out.putByte(Tags.LONG);
                out.putSigned(l);
            }
            case Double d -> {
                out.putByte(Tags.DOUBLE);
                out.putLong(Double.doubleToRawLongBits(d));
            }
            case Boolean b -> out.putByte(b ? Tags.TRUE : Tags.FALSE);
            case Character c -> {
                out.putByte(Tags.CHAR);
                out.putShort(c);
            }
            case Float f -> {
                out.putByte(Tags.FLOAT);
                out.putInt(Float.floatToRawIntBits(f));
            }
            case Byte b -> {
                out.putByte(Tags.BYTE);
                out.putByte(b);
            }
            case Short s -> {
                out.putByte(Tags.SHORT);
                out.putShort(s);
            }
            case Class<?> type -> {
                out.putByte(Tags.CLASS);
                putClass(type);
            }
            default -> plans.of(value.getClass()).write(value, original, this);
        }
    }

    private void putString(String text, Object original) {
        if (text.length() >= LONG_STRING) {
            count(original);
        }
        if (isLatin(text)) {
            byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
            out.putByte(Tags.LATIN_STRING);
            out.putNumber(latin.length);
            out.write(latin, 0, latin.length);
        } else {
            out.putByte(Tags.WIDE_STRING);
            PrimitiveArrays.of(new char[0]).write(text.toCharArray(), out);
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

    /** For plans, before they write what an object refers to, which may refer to it. */
    void count(Object original) {
        remember(original, counted++);
    }

    /** The same for what a reader cannot have before it has all of it. @return for {@link #whole} */
    int begin(Object original) {
        int number = counted++;
        remember(original, -1 - number);
        return number;
    }

    /** All of it was written. */
    void whole(Object original, int number) {
        remember(original, number);
    }

    private void remember(Object original, int number) {
        if (first == null || first == original) {
            first = original;
            numberOfFirst = number;
            return;
        }
        if (numbers == null) {
            numbers = new IdentityHashMap<>(8);
        }
        numbers.put(original, number);
    }

    /** A number: 0 before a description, odd for what the link knows, even for what the message has described. */
    void putClass(Class<?> type) {
        int known = told == null ? SentTable.UNKNOWN : told.number(type, plans);
        if (known != SentTable.UNKNOWN) {
            out.putNumber(2L * known + 1);
            return;
        }
        if (described == null) {
            described = new HashMap<>(4);
        }
        Integer here = described.get(type);
        if (here == null) {
            described.put(type, described.size() + 1);
            out.putNumber(0);
            plans.form(type).writeTo(out);
        } else {
            out.putNumber(2L * here);
        }
    }
}
