package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.InboxFullException;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A sender that is faster than the object it calls. {@code ./actium benchmark objects} does the same with 10⁷ calls. */
public class OverloadTest {

    private static final int CALLS = 100_000;
    private static final int CAPACITY = 100;

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final TestRuntime runtime = new TestRuntime("overloaded", new MemoryNetwork());
    private final Node node = runtime.runtime.createNode("small", Optional.empty());

    public OverloadTest() {
        Slow.SERVED.set(0);
        Slow.GATE.set(new CountDownLatch(1));
        node.setProperty("actium.inbox.capacity", String.valueOf(CAPACITY));
    }

    @After
    public void stop() {
        runtime.close();
    }

    /** Serves nothing until the gate opens, then whenever others had their turn. */
    public static class Slow implements Serializable {
        private static final long serialVersionUID = 1;
        static final AtomicLong SERVED = new AtomicLong();
        static final AtomicReference<CountDownLatch> GATE = new AtomicReference<>();
        private long next;
        private int longest;
        private boolean inOrder = true;

        public void work(long number, byte[] load) {
            awaitGate();
            inOrder &= number >= next && load.length == 100;
            next = number + 1;
            longest = Math.max(longest, ActiveContext.current().service().requestCount());
            Thread.yield();
            SERVED.incrementAndGet();
        }

        private static void awaitGate() {
            try {
                GATE.get().await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        public int longestQueue() {
            return longest;
        }

        public boolean servedInOrder() {
            return inOrder;
        }
    }

    private Slow slow(String whenFull) {
        node.setProperty("actium.inbox.whenFull", whenFull);
        return runtime.objects.newActive(Slow.class).on(node).start();
    }

    /**
     * @param shut how many calls are sent before the first is served
     * @return how many were sent but not served, at the most
     */
    private static long flood(int shut, LongConsumer call) {
        long most = 0;
        for (long sent = 0; sent < CALLS; sent++) {
            call.accept(sent);
            most = Math.max(most, sent + 1 - Slow.SERVED.get());
            if (sent == shut) {
                Slow.GATE.get().countDown();
            }
        }
        return most;
    }

    @Test
    public void aQueueThatBlocksHoldsItsSenderBackAndLosesNothing() {
        Slow object = slow("block");

        long most = flood(CAPACITY - 1, number -> object.work(number, new byte[100]));

        assertThat(object.servedInOrder()).isTrue();
        assertThat(Slow.SERVED).hasValue(CALLS);
        assertThat(object.longestQueue()).isBetween(1, CAPACITY);
        assertThat(most).as("queued, and one being served").isBetween((long) CAPACITY, CAPACITY + 1L);
    }

    @Test
    public void aQueueThatFailsRefusesWhatItCannotHoldAndServesAllElse() {
        Slow object = slow("fail");
        AtomicLong refused = new AtomicLong();

        flood(10 * CAPACITY, number -> {
            try {
                object.work(number, new byte[100]);
            } catch (InboxFullException full) {
                refused.incrementAndGet();
            }
        });

        assertThat(awaited(object)).isTrue();
        assertThat(refused.get()).isGreaterThanOrEqualTo(9 * CAPACITY);
        assertThat(Slow.SERVED.get() + refused.get()).isEqualTo(CALLS);
    }

    /** Its queue may still be full. */
    private static boolean awaited(Slow object) {
        while (true) {
            try {
                return object.servedInOrder() && object.longestQueue() <= CAPACITY;
            } catch (InboxFullException full) {
                Thread.yield();
            }
        }
    }
}
