package org.actium.remote.api;

/** Nothing was sent: the other runtime did not answer. A retry may succeed and repeats nothing. */
public final class UnreachableException extends RemotingException {

    private static final long serialVersionUID = 1;

    public UnreachableException(String message) {
        super(message);
    }

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
