package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.actium.object.api.CreationException;
import org.actium.object.api.Immediate;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Where causal order makes a sender wait, and FIFO does not. */
@NotIn(
        value = Setting.ONE_RUNTIME,
        because = "within a runtime a request is in its queue before the call returns, so nobody ever waits for that")
@RunWith(Parameterized.class)
public class OrderingTest {

    private static final int WORDS = 10;

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.of(OrderingTest.class);
    }

    @Rule
    public final Grid grid;

    public OrderingTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Notes words; held, it takes three of them into its queue, and does not acknowledge more. */
    public static class Desk {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final List<String> log = new ArrayList<>();

        public void hold() throws InterruptedException {
            opened.await();
        }

        @Immediate
        public void open() {
            opened.countDown();
        }

        public void note(String word) {
            log.add(word);
        }

        public List<String> log() {
            return log;
        }
    }

    /** Sends to one, then to another, then answers. */
    public static class Courier {
        public int send(Desk first, Desk second) {
            for (int i = 0; i < WORDS; i++) {
                first.note("word " + i);
            }
            second.note("after " + WORDS);
            return WORDS;
        }

        /** As {@link #send}, beside its queue. */
        @Immediate
        public int sendAtOnce(Desk first, Desk second) {
            return send(first, second);
        }
    }

    private Desk heldDesk() {
        grid.node(0).setProperty("actium.inbox.capacity", "3");
        Desk desk = grid.objects().newActive(Desk.class).on(grid.node(0)).start();
        grid.futures().async(() -> {
            desk.hold();
            return null;
        });
        return desk;
    }

    private Desk desk() {
        return grid.objects().newActive(Desk.class).on(grid.node(2)).start();
    }

    private Courier courier(String ordering) {
        grid.node(1).setProperty("actium.ordering", ordering);
        return grid.objects().newActive(Courier.class).on(grid.node(1)).start();
    }

    @Test
    @Row({47, 48})
    public void withCausalOrderWhatFollowsWaitsUntilWhatWentBeforeIsQueued() {
        Desk held = heldDesk();
        Desk other = desk();
        Courier courier = courier("causal");

        CompletableFuture<Integer> sent = grid.futures().async(() -> courier.send(held, other));

        for (int i = 0; i < 10; i++) {
            assertThat(other.log()).isEmpty();
        }
        assertThat(sent).isNotDone();
        held.open();
        assertThat(sent.join()).isEqualTo(WORDS);
        assertThat(other.log()).containsExactly("after 10");
        assertThat(held.log()).hasSize(WORDS).startsWith("word 0").endsWith("word 9");
    }

    @Test
    @Row(53)
    public void withFifoNeitherOtherTargetsNorTheReplyWaitAndEachPairKeepsItsOrder() {
        Desk held = heldDesk();
        Desk other = desk();
        Courier courier = courier("fifo");

        CompletableFuture<Integer> sent = grid.futures().async(() -> courier.send(held, other));
        CompletableFuture<Integer> sentAtOnce = grid.futures().async(() -> courier.sendAtOnce(held, other));

        assertThat(sent.join()).isEqualTo(WORDS);
        assertThat(sentAtOnce.join()).isEqualTo(WORDS);
        grid.eventually("both go on", () -> other.log().size() == 2);
        held.open();
        assertThat(held.log()).hasSize(2 * WORDS).startsWith("word 0");
        assertThat(held.log().stream().distinct())
                .as("of the earlier one of both, as each of them sent it")
                .hasSize(WORDS)
                .isSorted();
    }

    @Test
    @Row(named = "bad input")
    public void anOrderThatThereIsNotIsAnErrorWithBothThatThereAre() {
        assertThatThrownBy(() -> courier("random"))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("actium.ordering is 'random', which is neither 'causal' nor 'fifo'")
                .hasMessageContaining("node default");
    }
}
