package org.actium.remote.core;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/** The key that all runtimes of a domain share, and nobody else. */
final class Domain {

    static final int KEY_BYTES = 32;

    private volatile byte[] key;

    private Domain(byte[] key) {
        this.key = key;
    }

    /** A domain of its own. */
    static Domain found(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new Domain(key);
    }

    byte[] key() {
        return key.clone();
    }

    boolean hasKey(byte[] other) {
        return MessageDigest.isEqual(key, other);
    }

    /** Makes this runtime a member of the domain with that key. */
    void adopt(byte[] other) {
        if (other.length != KEY_BYTES) {
            throw new IllegalArgumentException("a domain key has " + KEY_BYTES + " bytes, not " + other.length);
        }
        key = other.clone();
    }
}
