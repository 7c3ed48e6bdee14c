package org.actium.naming.api;

/** The name belongs to something else; nothing was registered. */
public final class NameTakenException extends NameException {

    private static final long serialVersionUID = 1;

    public NameTakenException(String message) {
        super(message);
    }
}
