package org.actium.codec.api;

/** An object graph could not be written, read or copied; the message names the class, the path to it, and why. */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
