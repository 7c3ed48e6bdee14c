package org.actium.torture.application;

import java.io.Serializable;
import java.util.SplittableRandom;

/** An active object with a number, and so much besides that a checkpoint has something to carry. */
public class Register implements Serializable {

    private static final long serialVersionUID = 1;

    /** What {@link #read} says before anything was written. */
    public static final long NOTHING = Long.MIN_VALUE;

    private long value = NOTHING;
    private byte[] ballast = new byte[0];

    /** One that has it already stays as it is. */
    public void carry(int bytes) {
        if (ballast.length != bytes) {
            ballast = new byte[bytes];
            new SplittableRandom(bytes).nextBytes(ballast);
        }
    }

    public long read() {
        return value;
    }

    public boolean write(long next) {
        value = next;
        return true;
    }

    /** @return whether that was expected which was there */
    public boolean swap(long expected, long next) {
        if (value != expected) {
            return false;
        }
        value = next;
        return true;
    }
}
