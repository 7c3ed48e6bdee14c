package org.actium.object.api;

/**
 * A synchronous call had no result within its limit. The request was sent: it may have been served, or be served later;
 * what comes back is dropped.
 */
public final class CallTimeoutException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public CallTimeoutException(String message) {
        super(message);
    }
}
