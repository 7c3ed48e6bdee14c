package org.actium.deployment.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A place in a descriptor.
 *
 * @param source file name as the user gave it; the whole place if the descriptor was written by a program
 * @param line from 1; 0 if {@code source} is the whole place
 * @param column from 1; 0 if {@code source} is the whole place
 */
public record SourcePosition(String source, int line, int column) implements Serializable {

    public SourcePosition {
        Objects.requireNonNull(source, "source");
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
