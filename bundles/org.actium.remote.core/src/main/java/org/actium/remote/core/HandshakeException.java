package org.actium.remote.core;

/** A connection came to nothing; inside this bundle only. */
final class HandshakeException extends Exception {

    private static final long serialVersionUID = 1;

    private final Step.Cause reason;

    HandshakeException(Step.Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    Step.Cause reason() {
        return reason;
    }
}
