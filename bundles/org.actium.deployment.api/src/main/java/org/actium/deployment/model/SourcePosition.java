package org.actium.deployment.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A place in a descriptor.
 *
 * @param source file name as the user gave it
 * @param line from 1
 * @param column from 1
 */
public record SourcePosition(String source, int line, int column) implements Serializable {

    public SourcePosition {
        Objects.requireNonNull(source, "source");
    }

    @Override
    public String toString() {
        return source + ":" + line + ":" + column;
    }
}
