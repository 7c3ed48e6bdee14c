package org.actium.simulation.engine;

import java.util.SplittableRandom;

/**
 * Independent sources of random numbers of one run, found by name: what one part draws does not change what another
 * part gets, so that a fault taken out of a plan leaves the delays of the network as they were.
 */
public record RandomStreams(long seed) {

    public SplittableRandom named(String name) {
        return new SplittableRandom(number(name, 0));
    }

    /** The number of that name and index; asking twice gives the same one. */
    public long number(String name, long index) {
        return mix(mix(seed ^ mix(text(name))) + index * 0x9e3779b97f4a7c15L);
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    public double fraction(String name, long index) {
        return (number(name, index) >>> 11) * 0x1.0p-53;
    }

    private static long text(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
