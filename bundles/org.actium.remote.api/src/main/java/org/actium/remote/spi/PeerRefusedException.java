package org.actium.remote.spi;

import java.io.IOException;

/** Somebody answered, but has not proved to be a member of the domain. Do not retry unchanged. */
public final class PeerRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    public PeerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
