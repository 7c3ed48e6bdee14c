package org.actium.object.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;

/** What races are made of. */
final class Racing {

    private Racing() {}

    static Waits waits() {
        return new Waits(NoTime.INSTANCE, new RuntimeId(1, 2));
    }

    static ReplySlot slot() {
        return ReplySlot.passedOn("a race", Optional.empty(), waits(), failure -> failure);
    }

    /** An outcome whose field is not final: whoever sees the outcome must see the field set. */
    static Outcome outcome(int number) {
        return new Outcome.Value(new Payload(number));
    }

    /** The number in the outcome; 0 if it is not there. */
    static int value(ReplySlot slot) {
        return slot.now()
                .map(known -> ((Payload) ((Outcome.Value) known).value()).number)
                .orElse(0);
    }

    private static final class Payload {
        private int number;

        Payload(int number) {
            this.number = number;
        }
    }

    /** Counts how often it is called. */
    static final class Counting implements Consumer<Outcome> {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void accept(Outcome outcome) {
            calls.incrementAndGet();
        }

        int calls() {
            return calls.get();
        }
    }

    /** No race waits with a limit. */
    private enum NoTime implements Time {
        INSTANCE;

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}
