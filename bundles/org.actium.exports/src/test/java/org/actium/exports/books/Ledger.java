package org.actium.exports.books;

/** An interface that another bundle imports. */
public interface Ledger {

    long balance();
}
