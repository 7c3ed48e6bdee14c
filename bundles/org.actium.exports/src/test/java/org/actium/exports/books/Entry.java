package org.actium.exports.books;

import java.io.Serializable;

/** A class from where {@link Ledger} is. */
public final class Entry implements Serializable {

    private static final long serialVersionUID = 1;
}
