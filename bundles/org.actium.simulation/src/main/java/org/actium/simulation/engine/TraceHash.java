package org.actium.simulation.engine;

import java.util.Locale;

/**
 * 64 bits over everything that happened, in order. The same in every process, so only numbers and texts go in, never an
 * identity hash or the order of a hash set.
 */
public final class TraceHash {

    private long value = 0xcbf29ce484222325L;

    void add(long item) {
        value = (Long.rotateLeft(value, 5) ^ item) * 0x9e3779b97f4a7c15L;
    }

    /** The hash code of a string is laid down by its specification. */
    void add(String text) {
        add(text.hashCode());
    }

    public long value() {
        return value;
    }

    public static String text(long value) {
        return String.format(Locale.ROOT, "%016x", value);
    }
}
