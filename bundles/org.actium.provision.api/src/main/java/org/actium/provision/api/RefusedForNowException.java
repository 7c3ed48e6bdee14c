package org.actium.provision.api;

/**
 * A bundle is not brought to a runtime as things are: something there would be lost by it, or belongs to others, or the
 * runtime does not answer. The same may be possible later.
 */
public final class RefusedForNowException extends ProvisionException {

    private static final long serialVersionUID = 1;

    public RefusedForNowException(String message) {
        super(message);
    }

    public RefusedForNowException(String message, Throwable cause) {
        super(message, cause);
    }
}
