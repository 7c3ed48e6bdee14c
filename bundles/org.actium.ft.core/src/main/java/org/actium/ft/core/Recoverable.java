package org.actium.ft.core;

import org.actium.ft.core.protocol.Message;
import org.actium.ft.store.api.Blob;

/**
 * An object that is made fault-tolerant. It serves one request at a time, on a thread of its own, and must do the same
 * whenever it is in the same state and gets the same requests and replies: no clocks, random numbers or threads.
 */
public interface Recoverable {

    /** @return the content of the reply; of no meaning if the request is one-way */
    Blob serve(Message.Request request, Calls calls);

    /** Between two services. */
    Blob state();

    /** Makes objects from their states. */
    @FunctionalInterface
    interface Source {
        Recoverable from(String id, Blob state);
    }
}
