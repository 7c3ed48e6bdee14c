package org.actium.object.api;

/** When an active object ends. */
public enum Termination {
    /** After the request being served; those waiting fail. */
    NOW,
    /** After everything that is in the queue when the order arrives. */
    AFTER_QUEUE
}
