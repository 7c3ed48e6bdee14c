package org.actium.provision.api;

/** A bundle could not be brought to a runtime; the message names bundle and runtimes and says what is missing. */
public sealed class ProvisionException extends RuntimeException permits RefusedForNowException {

    private static final long serialVersionUID = 1;

    public ProvisionException(String message) {
        super(message);
    }

    public ProvisionException(String message, Throwable cause) {
        super(message, cause);
    }
}
