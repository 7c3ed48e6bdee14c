package org.actium.codec.java;

/** How the instances of one class are written by hand. */
@FunctionalInterface
interface ValuePlan {

    /**
     * @param original by which the object is counted, if it is
     * @throws ValueWriter.GivesUpException if only the stream can write it
     */
    void write(Object value, Object original, ValueWriter writer);
}
