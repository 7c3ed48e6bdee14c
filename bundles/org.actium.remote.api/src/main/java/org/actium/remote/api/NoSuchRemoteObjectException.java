package org.actium.remote.api;

/** The runtime answered, but offers no object of that name, or one with another contract; or has no such node any more. */
public final class NoSuchRemoteObjectException extends RemotingException {

    private static final long serialVersionUID = 1;

    public NoSuchRemoteObjectException(String message) {
        super(message);
    }

    public NoSuchRemoteObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
