package org.actium.histories;

/** What was recorded cannot have been: nothing can be said of it. */
public final class MalformedHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedHistoryException(String message) {
        super(message);
    }
}
