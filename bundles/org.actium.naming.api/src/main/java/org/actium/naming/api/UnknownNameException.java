package org.actium.naming.api;

/** The runtime answered, but nothing has that name there, or not any more. */
public final class UnknownNameException extends NameException {

    private static final long serialVersionUID = 1;

    public UnknownNameException(String message) {
        super(message);
    }
}
