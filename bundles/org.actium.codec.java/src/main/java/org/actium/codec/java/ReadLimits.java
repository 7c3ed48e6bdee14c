package org.actium.codec.java;

import java.util.Optional;
import java.util.function.Function;
import org.actium.codec.api.CodecException;

/**
 * How much one message may make the reader build. What exceeds a limit is refused before it is allocated.
 *
 * @param depth nested objects; each level takes about 1 KiB of stack, of which a thread has 1 MiB by default
 * @param references objects and references to them
 * @param elements elements of all arrays of the message together, table slots of maps included
 * @param bytes length of the message
 */
public record ReadLimits(long depth, long references, long elements, long bytes) {

    public static final ReadLimits DEFAULT = new ReadLimits(600, 16 << 20, 64 << 20, 64 << 20);

    static final String DEPTH = "actium.codec.depth";
    static final String REFERENCES = "actium.codec.references";
    static final String ELEMENTS = "actium.codec.elements";

    /** The length is that of frames, which nobody can change. */
    static ReadLimits of(Function<String, Optional<String>> properties) {
        return new ReadLimits(
                number(properties, DEPTH, DEFAULT.depth),
                number(properties, REFERENCES, DEFAULT.references),
                number(properties, ELEMENTS, DEFAULT.elements),
                DEFAULT.bytes);
    }

    private static long number(Function<String, Optional<String>> properties, String name, long otherwise) {
        return properties
                .apply(name)
                .map(text -> {
                    if (!text.strip().matches("[1-9][0-9]{0,17}")) {
                        throw new IllegalArgumentException(name + " is '" + text + "'; it must be a number from 1");
                    }
                    return Long.parseLong(text.strip());
                })
                .orElse(otherwise);
    }

    void requireDepth(long nested) {
        if (nested > depth) {
            throw new CodecException(tooDeep());
        }
    }

    void requireReferences(long count) {
        if (count > references) {
            throw new CodecException(tooManyReferences());
        }
    }

    String tooDeep() {
        return "the message is nested deeper than " + depth + " objects" + remedy(DEPTH);
    }

    String tooManyReferences() {
        return "the message has more than " + references + " references" + remedy(REFERENCES);
    }

    String tooManyElements(long count) {
        return "the arrays of the message have more than " + elements + " elements: " + count + " at least"
                + remedy(ELEMENTS);
    }

    String tooLong(long length) {
        return "the message is longer than " + bytes + " bytes: " + length + "; send it in pieces";
    }

    private static String remedy(String property) {
        return "; send it in pieces, or raise " + property + " of the runtime that reads it";
    }
}
