package org.actium.object.core;

import org.actium.future.spi.Outcome;

/** Takes outcomes of requests to whoever waits for them. */
interface WayBack {

    /** Whether only who served it waits: nobody is told how the request ended. */
    default boolean oneWay() {
        return false;
    }

    /** Of a one-way request: it is not served, and that is as it should be. */
    default void dropped() {}

    /** Takes it there, as it is now. Once for each request, on the thread that has the outcome. */
    void answer(Request request, Outcome outcome);

    /** Copies or writes it. @return takes it there, however the outcome has changed meanwhile */
    Runnable prepared(Request request, Outcome outcome);
}
