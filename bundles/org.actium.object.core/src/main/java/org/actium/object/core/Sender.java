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

    /** A thread that serves no active object. */
    record Outside(Outbox outbox, MessageInterceptor interceptor) implements Sender {
        @Override
        public Optional<BodyId> sender() {
            return Optional.empty();
        }
    }
}
