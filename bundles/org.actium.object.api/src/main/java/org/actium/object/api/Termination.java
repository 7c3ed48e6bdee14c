package org.actium.object.api;

/** When an active object ends. */
public enum Termination {
    /** After the request being served, which is not interrupted; those waiting fail at once, without waiting for it. */
    NOW,
    /** After everything that is in the queue when the order arrives. */
    AFTER_QUEUE
}
