package org.actium.object.core;

import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.RequestNotSentException;

/** One attempt at a call that may be made again: what is known of whether it was served. */
final class Attempt implements Consumer<Outcome> {

    private final ReplySlot slot;
    private boolean sent; // the thread that calls only
    private volatile boolean refused;

    Attempt(ReplySlot slot) {
        this.slot = slot;
    }

    /** The request has left, or is kept by somebody who lets it leave. */
    void sent() {
        sent = true;
    }

    /** The outcome that comes next says that the request was refused. */
    void refused() {
        refused = true;
    }

    @Override
    public void accept(Outcome outcome) {
        slot.set(outcome);
    }

    /** @param failure with which the attempt ended */
    boolean mayBeServed(ActiveObjectException failure) {
        return sent ? !refused : !(failure instanceof RequestNotSentException || failure instanceof InboxFullException);
    }
}
