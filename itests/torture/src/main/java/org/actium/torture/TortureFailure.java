package org.actium.torture;

/** A run that went wrong before there was anything to judge, or did not answer any more. */
final class TortureFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    TortureFailure(String message) {
        super(message);
    }
}
