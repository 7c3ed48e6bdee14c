package org.actium.ft.store.api;

/** The storage failed, or the store is closed. Whether what was to be committed is there is not known. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
