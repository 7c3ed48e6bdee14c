package org.actium.remote.tcp;

import java.io.EOFException;

/** Somebody closed the connection without having said anything, as who only tries whether it is accepted. */
final class LeftException extends EOFException {

    private static final long serialVersionUID = 1;

    LeftException(String message) {
        super(message);
    }
}
