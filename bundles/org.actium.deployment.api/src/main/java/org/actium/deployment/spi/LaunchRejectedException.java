package org.actium.deployment.spi;

/**
 * The technology refused to start what it was asked for: no such command, unknown queue, bad key. Do not retry
 * unchanged.
 */
public final class LaunchRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LaunchRejectedException(String message) {
        super(message);
    }

    public LaunchRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
