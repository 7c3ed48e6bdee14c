package org.actium.codec.java;

import org.actium.codec.api.CodecException;

/** How many array elements the rest of a message may still have. */
final class ElementBudget {

    private final ReadLimits limits;
    private long taken;

    ElementBudget(ReadLimits limits) {
        this.limits = limits;
    }

    void take(int count) {
        if (count < 0) {
            throw new CodecException("the message could not be read: it has an array of length " + count);
        }
        taken += count;
        if (taken > limits.elements()) {
            throw new CodecException(limits.tooManyElements(taken));
        }
    }
}
