package org.actium.codec.java;

/** How the instances of one class are copied. */
@FunctionalInterface
interface CopyPlan {

    /** @throws GraphCopier.GivesUpException if only the stream can */
    Object copy(Object original, GraphCopier copier);
}
