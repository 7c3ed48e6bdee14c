package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class OutboxTest {

    private static final RuntimeId RUNTIME = new RuntimeId(1, 2);

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Waits waits = new Waits(time, RUNTIME);

    @After
    public void stop() {
        time.close();
    }

    private static BodyId target(long number) {
        return new BodyId(RUNTIME, number);
    }

    /** Only itself. */
    private static final class Sent implements Outbox.UnderWay {
        private final String call;

        Sent(String call) {
            this.call = call;
        }

        @Override
        public String call() {
            return call;
        }

        @Override
        public Need need() {
            return new Need.Value(new RuntimeAddress(RUNTIME, call, List.of()), 1);
        }
    }

    private final Sent call = new Sent("hear on desk-1");

    /** As a call does. @return the number of the request */
    private long send(Outbox outbox, long target) {
        Outbox taken = outbox.to(target(target));
        long number = taken.next(target(target));
        taken.sent(call);
        return number;
    }

    @Test
    public void aWaitNeedsTheYoungestOfThoseThatMayNotBeUnderWayAnyMore() {
        Outbox outbox = new Outbox(waits, Ordering.CAUSAL);
        Outbox.UnderWay first = new Sent("first");
        Outbox.UnderWay beside = new Sent("beside the queue");
        Outbox.UnderWay last = new Sent("last");
        List.of(first, beside, last).forEach(outbox::sent);

        assertThat(outbox.what()).isEqualTo("last, and what was sent before it, to be queued");
        assertThat(outbox.need(null)).isEqualTo(last.need());
        outbox.acknowledged(beside);
        outbox.acknowledged(last);
        assertThat(outbox.need(null))
                .as("what stands before the others may come last")
                .isEqualTo(first.need());
        outbox.acknowledged(first);
        assertThat(outbox.isThere()).isTrue();
        assertThat(outbox.need(null)).isEqualTo(Need.NONE);
    }

    @Test
    public void withCausalOrderTheNextTargetWaitsUntilAllIsAcknowledged() throws InterruptedException {
        Outbox outbox = new Outbox(waits, Ordering.CAUSAL);
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        assertThat(List.of(send(outbox, 1), send(outbox, 1))).containsExactly(1L, 2L);

        threads.run(() -> {
            send(outbox, 2);
            log.add("went on");
        });
        log.add("acknowledged");
        outbox.acknowledged(call);
        outbox.acknowledged(call);

        assertThat(List.of(log.take(), log.take())).containsExactly("acknowledged", "went on");
    }

    @Test
    public void withFifoNoTargetWaitsForAnotherOneAndNothingHasToBeSettled() {
        Outbox outbox = new Outbox(waits, Ordering.FIFO);

        assertThat(List.of(send(outbox, 1), send(outbox, 2), send(outbox, 1))).containsExactly(1L, 2L, 3L);
        outbox.settle();

        assertThat(outbox.to(target(1))).isSameAs(outbox.to(target(1))).isNotSameAs(outbox.to(target(2)));
    }

    @Test
    public void ofManyTargetsThoseWithNothingUnderWayAreForgottenAndTheNumbersGoOn() {
        Outbox outbox = new Outbox(waits, Ordering.FIFO);
        send(outbox, 1);
        Outbox busy = outbox.to(target(1));
        Outbox idle = outbox.to(target(2));
        List<Long> numbers = new ArrayList<>();

        for (long number = 3; number < 1000; number++) {
            numbers.add(send(outbox, number));
            outbox.to(target(number)).acknowledged(call);
        }

        assertThat(outbox.to(target(1))).isSameAs(busy);
        assertThat(outbox.to(target(2))).isNotSameAs(idle);
        assertThat(numbers).doesNotHaveDuplicates().isSorted();
    }
}
