package org.actium.remote.api;

/** Who a frame is for. The position in this list is on the wire: append only. */
public enum Channel {
    /** The link itself: handshake, heartbeats. */
    LINK,
    /** Calls to remote objects and their results. */
    REMOTE_OBJECTS,
    /** Requests, replies and acknowledgements of active objects. */
    OBJECTS,
    /** Values of futures on their way to those who hold them. */
    FUTURES,
    /** Who still is a member of the domain. */
    MEMBERSHIP,
    /** Connections between runtimes that reach each other through a third. */
    RELAY
}
