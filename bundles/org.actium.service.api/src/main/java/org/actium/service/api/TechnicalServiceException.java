package org.actium.service.api;

/** A technical service could not be applied to a node; nothing of the set it belongs to remains applied. */
public final class TechnicalServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TechnicalServiceException(String message) {
        super(message);
    }

    public TechnicalServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
