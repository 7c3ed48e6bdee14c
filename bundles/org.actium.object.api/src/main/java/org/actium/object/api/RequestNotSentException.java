package org.actium.object.api;

/** The request was not sent, so it is not served: a retry repeats nothing. */
public final class RequestNotSentException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public RequestNotSentException(String message) {
        super(message);
    }

    public RequestNotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
