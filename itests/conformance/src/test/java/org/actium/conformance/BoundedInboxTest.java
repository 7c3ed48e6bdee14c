package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Immediate;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.RunActive;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A full queue stops its senders, or fails them; never does it lose or reorder what it took. */
@RunWith(Parameterized.class)
public class BoundedInboxTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public BoundedInboxTest(Setting setting) {
        grid = new Grid(setting);
    }

    private <T> T active(Class<T> type, Object... arguments) {
        return grid.objects().newActive(type, arguments).on(grid.node()).start();
    }

    private Slow slow(int capacity, String whenFull) {
        grid.node().setProperty("actium.inbox.capacity", Integer.toString(capacity));
        grid.node().setProperty("actium.inbox.whenFull", whenFull);
        return active(Slow.class);
    }

    /** Serves nothing until it is told to. */
    public static class Slow implements RunActive {
        private final CountDownLatch open = new CountDownLatch(1);
        private final List<Integer> heard = new ArrayList<>();

        @Override
        public void runActivity(ActiveContext context) {
            try {
                open.await();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
            context.service().fifoServing();
        }

        @Immediate
        public void open() {
            open.countDown();
        }

        public void hear(int number) {
            heard.add(number);
        }

        public List<Integer> heard() {
            return new ArrayList<>(heard);
        }

        public int floodMyself(int calls) {
            Slow self = ActiveContext.current().self(Slow.class);
            for (int i = 0; i < calls; i++) {
                try {
                    self.hear(i);
                } catch (InboxFullException full) {
                    return i;
                }
            }
            return calls;
        }

        public Integers later() {
            return new Integers();
        }
    }

    /** A result that can be stood in for. */
    public static class Integers implements java.io.Serializable {
        private static final long serialVersionUID = 1;

        public int count() {
            return 0;
        }
    }

    /** Sends as fast as it may, and says how far it has come. */
    public static class Sender {
        private final Slow target;
        private final Slow other;
        private final AtomicInteger sent = new AtomicInteger();

        public Sender(Slow target, Slow other) {
            this.target = target;
            this.other = other;
        }

        public void send(int calls) {
            for (int i = 0; i < calls; i++) {
                target.hear(i);
                sent.incrementAndGet();
            }
            other.hear(calls);
        }

        @Immediate
        public int sent() {
            return sent.get();
        }
    }

    @Test
    @Row(named = "bounded queues")
    public void aFullQueueStopsItsSendersUntilThereIsRoom() {
        Slow slow = slow(5, "block");
        Slow other = slow(100_000, "block");
        Sender here = grid.objects()
                .newActive(Sender.class, slow, other)
                .on(grid.node(0))
                .start();
        Sender there = grid.objects()
                .newActive(Sender.class, slow, other)
                .on(grid.node(1))
                .start();
        here.send(20);
        there.send(20);
        grid.eventually("the queue is full", () -> here.sent() + there.sent() >= 5);

        other.open();
        assertThat(other.heard())
                .as("who has not got all into the queue goes to nobody else")
                .isEmpty();
        assertThat(here.sent()).as("neighbours wait for room itself").isLessThanOrEqualTo(5);
        slow.open();

        grid.eventually("both got through", () -> other.heard().size() == 2);
        List<Integer> heard = slow.heard();
        assertThat(heard).hasSize(40);
        for (int i = 0; i < 20; i++) {
            int number = i;
            assertThat(heard.stream().filter(each -> each == number)).hasSize(2);
        }
    }

    @Test
    @Row(named = "bounded queues")
    public void aFullQueueFailsItsSendersIfItsNodeSaysSo() {
        Slow slow = slow(3, "fail");
        List<Integers> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try {
                results.add(slow.later());
            } catch (InboxFullException full) {
                failures.add(full); // at once in the same runtime, with the result elsewhere
            }
        }

        slow.open();

        for (Integers result : results) {
            try {
                assertThat(result.count()).isZero();
            } catch (InboxFullException full) {
                failures.add(full);
            }
        }
        assertThat(failures).hasSize(2);
        assertThat(failures.getFirst())
                .hasMessageContaining("has 3 requests in its queue, which holds 3")
                .hasMessageContaining("later is not queued");
    }

    @Test
    @Row(named = "bounded queues")
    public void anObjectThatFillsItsOwnQueueIsToldAndDoesNotWaitForEver() {
        Slow slow = slow(5, "block");
        slow.open();

        assertThat(slow.floodMyself(20)).isEqualTo(5);
        assertThat(slow.heard()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    @Row(named = "bounded queues")
    public void ordersAreNeverRefusedAndEndTheWaitForRoom() {
        Slow slow = slow(2, "block");
        Slow other = active(Slow.class);
        Sender sender = grid.objects()
                .newActive(Sender.class, slow, other)
                .on(grid.node(1))
                .start();
        sender.send(10);
        grid.eventually("the queue is full", () -> sender.sent() >= 2);

        grid.objects().terminate(slow, Termination.AFTER_QUEUE);
        slow.open();

        assertThatThrownBy(() -> slow.heard().size()).isInstanceOf(BodyTerminatedException.class);
    }
}
