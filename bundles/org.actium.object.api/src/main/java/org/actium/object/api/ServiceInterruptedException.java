package org.actium.object.api;

/**
 * The request was being served when the object was told to interrupt it, and ended by that: part of it may have been
 * done.
 */
public final class ServiceInterruptedException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public ServiceInterruptedException(String message) {
        super(message);
    }

    public ServiceInterruptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
