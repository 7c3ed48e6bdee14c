package org.actium.ft.core;

import java.util.List;

/** Offered by each runtime with fault-tolerant objects, or with callers of them. */
interface Exchange {

    String NAME = "ft.exchange";

    /**
     * Letters to a party that is not there are dropped: who cares sends them again. Does not block.
     *
     * @param letters all to the same party
     * @return whether that is there; if not, it is to be looked for elsewhere
     */
    boolean deliver(List<Letter> letters);
}
