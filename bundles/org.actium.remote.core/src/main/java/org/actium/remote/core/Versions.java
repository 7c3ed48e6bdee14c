package org.actium.remote.core;

/**
 * The versions of the link protocol that a runtime speaks. HELLO begins with the highest and has the lowest behind its
 * type, in every version there will be; the acceptor takes the highest that both speak, and all frames from then on
 * begin with that.
 */
record Versions(int lowest, int highest) {

    /** From this one on a link outlives its connection, and large frames are sent in parts. */
    static final int RESUMED = 2;

    /** From this one on messages of active objects have flags, marks, and attachments in both directions. */
    static final int MARKED = 3;

    /** From this one on a link that nobody uses gives up its connection. */
    static final int RESTING = 4;

    static final Versions SPOKEN = new Versions(1, RESTING);

    Versions {
        if (lowest < 1 || highest < lowest || highest > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("versions " + lowest + " to " + highest);
        }
    }

    boolean include(int version) {
        return lowest <= version && version <= highest;
    }

    @Override
    public String toString() {
        return lowest == highest ? "version " + highest : "versions " + lowest + " to " + highest;
    }
}
