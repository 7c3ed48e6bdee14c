package org.actium.remote.spi;

import java.io.IOException;

/** The host of the endpoint has answered that nothing listens there: the runtime that did has ended. */
public final class NothingListensException extends IOException {

    private static final long serialVersionUID = 1;

    public NothingListensException(String message) {
        super(message);
    }

    public NothingListensException(String message, Throwable cause) {
        super(message, cause);
    }
}
