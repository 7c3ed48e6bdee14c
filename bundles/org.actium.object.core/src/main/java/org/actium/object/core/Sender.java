package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.MessageInterceptor;

/** On whose behalf a thread makes calls. */
interface Sender {

    /** Empty for a thread that serves no active object. */
    Optional<BodyId> sender();

    /** What it has under way; used by one thread at a time. */
    Outbox outbox();

    MessageInterceptor interceptor();

    /** Which one it is of the threads of its runtime that serve no active object, from 1; 0 if it serves one. */
    default Long thread() {
        return 0L;
    }

    /** A thread that serves no active object. */
    record Outside(Outbox outbox, MessageInterceptor interceptor, Long thread) implements Sender {
        @Override
        public Optional<BodyId> sender() {
            return Optional.empty();
        }
    }
}
