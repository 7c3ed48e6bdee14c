package org.actium.codec.java;

import org.actium.codec.api.CodecException;

/** How many array elements the rest of a message may still have. */
final class ElementBudget {

    private final long limit;
    private long left;

    ElementBudget(long limit) {
        this.limit = limit;
        this.left = limit;
    }

    void take(int count) {
        if (count < 0) {
            throw new CodecException("the message could not be read: it has an array of length " + count);
        }
        left -= count;
        if (left < 0) {
            throw new CodecException("the arrays of the message have more than " + limit + " elements");
        }
    }
}
