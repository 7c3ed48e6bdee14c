package org.actium.torture;

/** What is done to an application. */
enum Fault {
    /** A JVM with objects is killed. */
    KILL,
    /** A JVM with objects is killed, and another one up to three seconds later, perhaps while it recovers what the first had. */
    DOUBLE_KILL,
    /** A JVM with objects stands still until others have its objects, and goes on. */
    PAUSE,
    /** The host of a JVM with objects is cut off until others have its objects; only where there are hosts. */
    CUT,
    /** The server of fault tolerance is killed, and comes back. */
    SERVER,
    /** The server is killed, and a JVM with objects, and the server comes back. */
    SERVER_AND_KILL;

    /** Whether some runtime has to be given up; if not, the fault has hit when the server has gone. */
    boolean losesObjects() {
        return this != SERVER;
    }
}
