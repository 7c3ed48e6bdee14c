package org.actium.object.api;

/** The active object ended before it served the request: it was not served and never will be. */
public final class BodyTerminatedException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public BodyTerminatedException(String message) {
        super(message);
    }

    public BodyTerminatedException(String message, Throwable cause) {
        super(message, cause);
    }
}
