package org.actium.object.api;

/** The request arrived but could not be served: an argument could not be read there, the method is missing, or an interceptor refused it. */
public final class CallRefusedException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public CallRefusedException(String message) {
        super(message);
    }

    public CallRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
