package org.actium.object.api;

/**
 * The active object threw something that cannot be read here: its class is missing, not admitted or not serializable.
 * The message keeps its class and message, the stack trace its frames.
 */
public final class RemoteFailureException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public RemoteFailureException(String message) {
        super(message);
    }

    public RemoteFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
