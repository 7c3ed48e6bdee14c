package org.actium.remote.api;

/** Nothing was sent: the other runtime did not answer. A retry may succeed and repeats nothing. */
public final class UnreachableException extends RemotingException {

    private static final long serialVersionUID = 1;

    private final boolean gone;

    public UnreachableException(String message) {
        super(message);
        this.gone = false;
    }

    public UnreachableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param gone see {@link #isGone} */
    public UnreachableException(String message, Throwable cause, boolean gone) {
        super(message, cause);
        this.gone = gone;
    }

    /**
     * Whether its host answered that nobody listens there, or another runtime did: it has ended, or has yet to start. False if
     * nothing was heard, or that is not known.
     */
    public boolean isGone() {
        return gone;
    }
}
