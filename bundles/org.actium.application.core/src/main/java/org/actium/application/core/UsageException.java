package org.actium.application.core;

/** The command cannot be carried out as it was given: exit code 2. The message is all that is shown. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
