package org.actium.object.core;

import org.actium.future.spi.Outcome;

/** Takes outcomes of requests to whoever waits for them. */
interface WayBack {

    /** Takes it there, as it is now. Once for each request, on the thread that has the outcome. */
    void answer(Request request, Outcome outcome);

    /** Copies or writes it. @return takes it there, however the outcome has changed meanwhile */
    Runnable prepared(Request request, Outcome outcome);
}
