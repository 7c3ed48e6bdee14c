package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

    /** Serves as many requests as it is told to; none at first. */
    public static class Slow implements RunActive {
        private static final int ALL = 1_000_000;

        private final Semaphore allowed = new Semaphore(0);
        private final List<Integer> heard = new ArrayList<>();

        @Override
        public void runActivity(ActiveContext context) {
            while (context.service().isActive()) {
                try {
                    allowed.acquire();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
                context.service().blockingServeOldest();
            }
        }

        @Immediate
        public void open() {
            allowed.release(ALL);
        }

        @Immediate
        public void serve(int requests) {
            allowed.release(requests);
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

        public void send(int first, int calls) {
            for (int i = first; i < first + calls; i++) {
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

    /** What a sender of another runtime may have under way, besides what fits into the queue. */
    private static final int WINDOW = 1_000;

    private static final int CAPACITY = 5;

    private Sender sender(int node, Slow target, Slow other) {
        return grid.objects()
                .newActive(Sender.class, target, other)
                .on(grid.node(node))
                .start();
    }

    /** How far a sender on that node gets with a queue that nobody takes from. */
    private int room(int node) {
        return grid.node(node).runtime().equals(grid.node(0).runtime()) ? CAPACITY : WINDOW + CAPACITY;
    }

    @Test
    @Row(named = "bounded queues")
    public void aFullQueueStopsEachSenderUntilThereIsRoomAndKeepsItsOrder() {
        Slow slow = slow(CAPACITY, "block");
        Slow other = slow(100_000, "block");
        other.open();
        Sender sender = sender(1, slow, other);
        int most = room(1);
        int all = most + 300;

        sender.send(0, all);
        grid.eventually("the queue is full", () -> sender.sent() >= most - CAPACITY);
        for (int i = 0; i < 20; i++) {
            assertThat(other.heard())
                    .as("who has not got all into the queue goes to nobody else")
                    .isEmpty();
        }
        assertThat(sender.sent()).as("while nothing is served").isBetween(most - CAPACITY, most);

        slow.serve(most - CAPACITY + 1);
        grid.eventually("there is room", () -> sender.sent() > most);
        assertThat(other.heard()).as("not for all").isEmpty();
        slow.open();

        grid.eventually("all got through", () -> !other.heard().isEmpty());
        assertThat(slow.heard()).isEqualTo(numbers(0, all));
    }

    private static List<Integer> numbers(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    @Test
    @Row(named = "bounded queues")
    public void sendersNearAndFarThatShareAFullQueueLoseNothing() {
        Slow slow = slow(CAPACITY, "block");
        Slow other = slow(100_000, "block");
        other.open();
        Sender near = sender(0, slow, other);
        Sender far = sender(1, slow, other);
        near.send(0, 40);
        far.send(1_000, 40);
        grid.eventually("the queue is full", () -> near.sent() + far.sent() >= CAPACITY);
        assertThat(near.sent()).as("neighbours wait for room itself").isLessThanOrEqualTo(CAPACITY);

        for (int i = 0; i < 80; i++) {
            slow.serve(1);
        }

        grid.eventually("both got through", () -> other.heard().size() == 2);
        slow.open();
        List<Integer> heard = slow.heard();
        assertThat(heard).hasSize(80);
        assertThat(heard.stream().filter(number -> number < 1_000).toList()).isEqualTo(numbers(0, 40));
        assertThat(heard.stream().filter(number -> number >= 1_000).toList()).isEqualTo(numbers(1_000, 40));
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

    /** Makes one-way calls and notes which of them it is told have failed, there and then or later. */
    public static class Flooder {
        private final Slow target;
        private final List<String> refused = new CopyOnWriteArrayList<>();

        public Flooder(Slow target) {
            this.target = target;
        }

        public void listen() {
            ActiveContext.current().onFailure(failure -> note(failure.cause()));
        }

        public void send(int calls) {
            for (int i = 0; i < calls; i++) {
                try {
                    target.hear(i);
                } catch (InboxFullException full) {
                    note(full);
                }
            }
        }

        private void note(Throwable failure) {
            refused.add(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }

        @Immediate
        public List<String> refused() {
            return new ArrayList<>(refused);
        }
    }

    private List<Integer> heardWhenThereIsRoom(Slow slow) {
        List<Integer> heard = new ArrayList<>();
        grid.eventually("there is room", () -> {
            try {
                return heard.addAll(slow.heard());
            } catch (InboxFullException full) {
                return false;
            }
        });
        return heard;
    }

    @Test
    @Row(named = "bounded queues")
    public void whoeverMadeAOneWayCallThatFoundNoRoomIsToldOfEachOnce() {
        for (int node = 0; node < 2; node++) {
            Slow slow = slow(3, "fail");
            Flooder flooder = grid.objects()
                    .newActive(Flooder.class, slow)
                    .on(grid.node(node))
                    .start();
            flooder.listen();

            flooder.send(10);

            grid.eventually(
                    "the sender hears of all that is refused",
                    () -> flooder.refused().size() >= 7);
            assertThat(flooder.refused())
                    .allMatch(refusal -> refusal.startsWith("InboxFullException: ")
                            && refusal.contains("has 3 requests in its queue, which holds 3")
                            && refusal.contains("hear is not queued"));
            slow.open();
            assertThat(heardWhenThereIsRoom(slow)).as("the others are served").containsExactly(0, 1, 2);
            assertThat(flooder.refused()).as("told once each").hasSize(7);
        }
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
        Sender sender = sender(1, slow, other);
        sender.send(0, 10);
        grid.eventually("the queue is full", () -> sender.sent() >= 2);

        grid.objects().terminate(slow, Termination.AFTER_QUEUE);
        slow.open();

        assertThatThrownBy(() -> slow.heard().size()).isInstanceOf(BodyTerminatedException.class);
    }
}
