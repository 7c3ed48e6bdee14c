package org.actium.ft.store.api;

/** What is logged for a domain, each with numbers of its own. */
public enum Log {
    /** Messages from outside of the domain, kept for replay. */
    INPUT,
    /** The order facts that make replay exact. */
    DETERMINANTS
}
