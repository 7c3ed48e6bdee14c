package org.actium.codec.java;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Stands for an optional, which Java does not serialize, in a stream.
 *
 * @param value {@code null} if it is empty
 */
record OptionalForm(Kind kind, Object value) implements Serializable {

    enum Kind {
        OBJECT,
        INT,
        LONG,
        DOUBLE
    }

    static boolean isOptional(Object candidate) {
        return candidate instanceof Optional
                || candidate instanceof OptionalInt
                || candidate instanceof OptionalLong
                || candidate instanceof OptionalDouble;
    }

    static OptionalForm of(Object optional) {
        return switch (optional) {
            case OptionalInt i -> new OptionalForm(Kind.INT, i.isPresent() ? i.getAsInt() : null);
            case OptionalLong l -> new OptionalForm(Kind.LONG, l.isPresent() ? l.getAsLong() : null);
            case OptionalDouble d -> new OptionalForm(Kind.DOUBLE, d.isPresent() ? d.getAsDouble() : null);
            default -> new OptionalForm(Kind.OBJECT, ((Optional<?>) optional).orElse(null));
        };
    }

    Object toOptional() {
        return switch (kind) {
            case OBJECT -> Optional.ofNullable(value);
            case INT -> value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
            case LONG -> value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
            case DOUBLE -> value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
        };
    }
}
