package org.actium.remote.core;

/** A connection came to nothing; inside this bundle only. */
final class HandshakeException extends Exception {

    private static final long serialVersionUID = 1;

    private final Step.Cause reason;
    private final boolean gone;

    HandshakeException(Step.Cause reason, String message) {
        this(reason, message, false);
    }

    /** @param gone whether the runtime that was dialled has certainly ended */
    HandshakeException(Step.Cause reason, String message, boolean gone) {
        super(message);
        this.reason = reason;
        this.gone = gone;
    }

    boolean isGone() {
        return gone;
    }

    Step.Cause reason() {
        return reason;
    }
}
