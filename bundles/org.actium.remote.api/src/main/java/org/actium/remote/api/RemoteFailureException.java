package org.actium.remote.api;

import java.util.Objects;

/**
 * A remote object threw an exception that cannot be brought here: it is not serializable, or its class is not known on
 * this side. Its stack trace is that of the exception, followed by that of the call.
 */
public final class RemoteFailureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String exceptionClass;

    /** @param exceptionClass name of the class of what was thrown */
    public RemoteFailureException(String exceptionClass, String message) {
        super(message);
        this.exceptionClass = Objects.requireNonNull(exceptionClass, "exceptionClass");
    }

    public String exceptionClass() {
        return exceptionClass;
    }
}
