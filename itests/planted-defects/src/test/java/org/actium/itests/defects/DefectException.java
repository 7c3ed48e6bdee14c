package org.actium.itests.defects;

/** A defect cannot be planted; the message says what to change in its file. */
final class DefectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DefectException(String message) {
        super(message);
    }
}
