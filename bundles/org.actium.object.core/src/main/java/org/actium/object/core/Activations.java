package org.actium.object.core;

/**
 * An activation for each thread that serves bodies, one body after the other: to make one for each body that wakes up costs
 * as much memory as a request does.
 */
final class Activations {

    private final ThreadLocal<Activation> kept = new ThreadLocal<>();

    /** For a body that this thread begins to serve. If its inbox has no taker, it has the one of the activation now. */
    Activation begin(Inbox inbox) {
        if (inbox.hasTaker()) {
            return new Activation(inbox.taker());
        }
        Activation next = kept.get();
        if (next == null || next.taker().isTaken()) {
            next = new Activation(new Taker());
            kept.set(next);
        }
        inbox.admit(next.taker());
        return next;
    }

    /** The body sleeps; what it was served with is free. */
    void end(Activation done) {
        done.taker().leave();
    }

    /** The body has ended. Whoever ends it once more may still ask its taker what that has, so nobody else gets it. */
    void forget() {
        kept.set(null);
    }
}
