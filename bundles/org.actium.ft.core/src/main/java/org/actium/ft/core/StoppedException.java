package org.actium.ft.core;

/** This copy of an object is not to do anything any more: let it pass. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoppedException(String message) {
        super(message);
    }
}
