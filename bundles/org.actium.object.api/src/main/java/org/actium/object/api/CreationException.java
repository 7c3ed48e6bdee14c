package org.actium.object.api;

/** No active object was created. The message names the class and the rule it breaks; a cause is what its constructor threw. */
public final class CreationException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public CreationException(String message) {
        super(message);
    }

    public CreationException(String message, Throwable cause) {
        super(message, cause);
    }
}
