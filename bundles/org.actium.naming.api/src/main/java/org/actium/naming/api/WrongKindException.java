package org.actium.naming.api;

/** Something has that name, but not what was asked for: a node, or an object of another type. */
public final class WrongKindException extends NameException {

    private static final long serialVersionUID = 1;

    public WrongKindException(String message) {
        super(message);
    }
}
