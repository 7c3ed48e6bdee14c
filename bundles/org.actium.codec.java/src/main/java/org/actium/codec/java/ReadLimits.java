package org.actium.codec.java;

/**
 * How much one message may make the reader build. What exceeds a limit is refused before it is allocated.
 *
 * @param depth nested objects; each level takes about 1 KiB of stack, of which a thread has 1 MiB by default
 * @param references objects and references to them
 * @param elements elements of all arrays of the message together, table slots of maps included
 * @param bytes length of the message
 */
public record ReadLimits(long depth, long references, long elements, long bytes) {

    public static final ReadLimits DEFAULT = new ReadLimits(600, 16 << 20, 64 << 20, 64 << 20);
}
