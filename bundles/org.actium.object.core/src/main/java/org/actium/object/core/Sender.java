package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.SenderId;

/** On whose behalf a thread makes calls. */
interface Sender {

    /** Empty for a thread that serves no active object. */
    Optional<BodyId> sender();

    /** What it has under way; used by one thread at a time. */
    Outbox outbox();

    Interceptors interceptors();

    /** The copy that it is of a recoverable object; {@code null} if it is not recoverable. */
    default RecoverableCopy copy() {
        return null;
    }

    /**
     * @param what it does: not the same again when it is recovered
     * @throws IllegalStateException if it is recoverable
     */
    default void requireUnrecoverable(String what) {
        RecoverableCopy copy = copy();
        if (copy != null) {
            throw copy.notCaptured(what);
        }
    }

    /** Who that thread is, if it serves no active object; {@code null} if it does. */
    default SenderId.OfThread thread() {
        return null;
    }

    /** A thread that serves no active object. */
    record Outside(Outbox outbox, Interceptors interceptors, SenderId.OfThread thread) implements Sender {
        @Override
        public Optional<BodyId> sender() {
            return Optional.empty();
        }
    }
}
