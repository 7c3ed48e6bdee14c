package org.actium.simulation.engine;

/** This JVM cannot run a simulation; the message says which argument or which JDK is missing. */
public final class UnsupportedJdkException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnsupportedJdkException(String message, Throwable cause) {
        super(message, cause);
    }
}
