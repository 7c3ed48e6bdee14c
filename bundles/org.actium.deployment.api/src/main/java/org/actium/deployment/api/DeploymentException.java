package org.actium.deployment.api;

/** A deployment did not give what it promised; the message says what is missing and why, with the error output of what failed. */
public sealed class DeploymentException extends RuntimeException permits NodesMissingException {

    private static final long serialVersionUID = 1;

    public DeploymentException(String message) {
        super(message);
    }

    public DeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
