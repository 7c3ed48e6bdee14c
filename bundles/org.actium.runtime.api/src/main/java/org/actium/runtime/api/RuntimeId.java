package org.actium.runtime.api;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/** Identity of one runtime: 128 random bits, drawn when it starts and never used again. */
public record RuntimeId(long high, long low) implements Serializable, Comparable<RuntimeId> {

    public static RuntimeId random(RandomGenerator random) {
        return new RuntimeId(random.nextLong(), random.nextLong());
    }

    @Override
    public int compareTo(RuntimeId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The first 32 bits in hexadecimal: for people, not for comparing. */
    @Override
    public String toString() {
        return String.format("%08x", high >>> 32);
    }
}
