package org.actium.security.api;

/** A runtime did not get a certificate; the message says why. */
public final class EnrolmentException extends Exception {

    private static final long serialVersionUID = 1;

    public EnrolmentException(String message) {
        super(message);
    }

    public EnrolmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
