package org.actium.exports.books;

import java.io.Serializable;

/** @param note anything */
public record Page(Line line, Object note) implements Serializable {

    /** Named by nothing but the field. */
    public record Line(long amount) implements Serializable {}
}
