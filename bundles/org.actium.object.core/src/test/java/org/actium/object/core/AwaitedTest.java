package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.actium.codec.api.ClassScope;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class AwaitedTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private static final RuntimeId HERE = new RuntimeId(1, 1);
    private static final ClassScope CLASSES = ClassScope.of(AwaitedTest.class.getClassLoader());

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Waits waits = new Waits(time, HERE);
    private final Awaited awaited = new Awaited(waits, UnaryOperator.identity(), new FailureReports(BodyId::toString));
    private final Link link = new OpenLink();

    @After
    public void stop() {
        time.close();
    }

    /** To a runtime that never answers. */
    record OpenLink() implements Link {
        @Override
        public RuntimeAddress peer() {
            return new RuntimeAddress(new RuntimeId(2, 2), "peer", List.of());
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            throw new UnsupportedOperationException("nothing is to be sent");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close(String reason) {
            throw new UnsupportedOperationException("nobody is to close it");
        }
    }

    private ReplySlot slot() {
        return new ReplySlot("call", "target", Optional.empty(), waits);
    }

    private static void assertThatItWasTold(ReplySlot slot) {
        assertThat(slot.now()).containsInstanceOf(Outcome.Failure.class);
        assertThat(((Outcome.Failure) slot.now().orElseThrow()).cause())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("the runtime stops");
    }

    /** Its connection is kept so long, and the death of the other side noticed. */
    @Test
    public void whateverIsAwaitedComesOverItsLink() {
        ReplySlot slot = slot();
        assertThat(awaited.isAwaitedFrom(link)).isFalse();
        awaited.reply(1, link, new Calls.Reply(slot, slot), CLASSES);
        assertThat(awaited.isAwaitedFrom(link)).isTrue();
        assertThat(awaited.isAwaitedFrom(null)).isFalse();
        awaited.takeReply(1);
        assertThat(awaited.isAwaitedFrom(link)).isFalse();
        FutureId id = new FutureId(HERE, 1);
        awaited.value(new Frames.Future(2, id, "call", Optional.empty()), link, () -> CLASSES);
        assertThat(awaited.isAwaitedFrom(link)).isTrue();
    }

    /** Whoever had found the runtime running before may come when all others have been told. */
    @Test
    public void whoeverComesAfterTheRuntimeStoppedIsToldToo() {
        awaited.lostAll("the runtime stops");

        ReplySlot reply = slot();
        awaited.reply(awaited.nextNumber(), link, new Calls.Reply(reply, reply), CLASSES);
        ReplySlot created = slot();
        awaited.creation(awaited.nextNumber(), link, new Calls.Reply(created, created), CLASSES);
        ReplySlot value = awaited.value(
                new Frames.Future(7, new FutureId(HERE, 1), "a call", Optional.empty()), link, () -> CLASSES);

        assertThatItWasTold(reply);
        assertThatItWasTold(created);
        assertThatItWasTold(value);
        assertThat(awaited.size()).isZero();
    }

    @Test
    public void norDoesAnySenderWaitForAcknowledgementsThen() {
        awaited.lostAll("the runtime stops");
        Outbox outbox = new Outbox(waits, Ordering.CAUSAL);
        BodyId target = new BodyId(new RuntimeId(2, 2), 1);
        Request request = new Request(target, Optional.empty(), outbox.next(target), "m()V", new Object[0], null);

        awaited.acknowledgement(awaited.nextNumber(), link, outbox, request, "m on target");

        assertThat(outbox.isThere()).as("whether it is settled").isTrue();
        assertThat(awaited.size()).isZero();
    }
}
