package org.actium.application.api;

/**
 * Thrown by an application whose user gave it an option that it cannot use. {@code actium run} prints the message
 * instead of a stack trace, and ends with exit code 2 (wrong usage).
 */
public final class UnusableOptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** @param message names the option and its value, and says what can be used */
    public UnusableOptionException(String message) {
        super(message);
    }
}
