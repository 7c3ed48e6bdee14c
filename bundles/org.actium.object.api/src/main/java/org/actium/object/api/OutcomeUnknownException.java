package org.actium.object.api;

/** The runtime of the active object was lost after the request was sent: it may have been served, or not. */
public final class OutcomeUnknownException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public OutcomeUnknownException(String message) {
        super(message);
    }

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
