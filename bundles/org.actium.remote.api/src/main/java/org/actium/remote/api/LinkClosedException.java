package org.actium.remote.api;

/** The link has ended, or the other side with it; whether the other side received what was sent last is unknown. */
public final class LinkClosedException extends RemotingException {

    private static final long serialVersionUID = 1;

    public LinkClosedException(String message) {
        super(message);
    }

    public LinkClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
