package org.actium.remote.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.actium.remote.api.Link;
import org.actium.remote.api.RemotingException;

/** A call that waits for its answer. One thread waits; any thread may answer, and the first answer counts. */
final class PendingCall {

    private final Link link;
    private final Thread waiter = Thread.currentThread();
    private final AtomicReference<Answer> answer = new AtomicReference<>();

    /** How a call ended. */
    sealed interface Answer {
        /** @param frame what arrived, without the head */
        record Frame(int type, byte[] frame) implements Answer {}

        record Lost(RemotingException reason) implements Answer {}
    }

    /** @param link over which the answer must come */
    PendingCall(Link link) {
        this.link = link;
    }

    boolean isOver(Link other) {
        return link == other;
    }

    void answer(Answer given) {
        if (answer.compareAndSet(null, given)) {
            LockSupport.unpark(waiter);
        }
    }

    /** @throws CancellationException if the thread is interrupted, which it then still is */
    Answer await() {
        Answer given = answer.get();
        while (given == null) {
            LockSupport.park(this);
            given = answer.get();
            if (given == null && Thread.currentThread().isInterrupted()) {
                throw new CancellationException(
                        "interrupted while a remote object was called; it may be served all the same");
            }
        }
        return given;
    }
}
