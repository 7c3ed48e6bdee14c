package org.actium.naming.api;

/** A name does not do what was asked of it; the subclasses say why. */
public abstract sealed class NameException extends RuntimeException
        permits UnknownNameException, NameTakenException, WrongKindException {

    private static final long serialVersionUID = 1;

    NameException(String message) {
        super(message);
    }
}
