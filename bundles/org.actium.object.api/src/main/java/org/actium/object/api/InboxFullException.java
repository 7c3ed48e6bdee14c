package org.actium.object.api;

/**
 * The queue of the active object is full and its node says that senders are told so, or the object sent to itself and
 * waiting would have been for ever: the request was not queued and is not served. A later retry may succeed.
 */
public final class InboxFullException extends ActiveObjectException {

    private static final long serialVersionUID = 1;

    public InboxFullException(String message) {
        super(message);
    }

    public InboxFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
