package org.actium.service.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class OrderingServiceTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private static final int WORDS = 40;
    private static final int CAPACITY = 3;

    /** Of this test: active objects find them where no argument brings them. */
    private static final Semaphore PERMITS = new Semaphore(0);

    private static final BlockingQueue<Integer> SERVED = new LinkedBlockingQueue<>();
    private static final BlockingQueue<Integer> SERVED_BEFORE = new LinkedBlockingQueue<>();

    @Before
    public void forgetTheTestBefore() {
        PERMITS.drainPermits();
        SERVED.clear();
        SERVED_BEFORE.clear();
    }

    /** Hears a word for each permit, and says how many it has heard. */
    public static class Slow implements Serializable {
        private static final long serialVersionUID = 1;

        private int heard;

        public void hear() {
            PERMITS.acquireUninterruptibly();
            SERVED.add(++heard);
        }
    }

    /** Says how many words the slow one has heard by then. */
    public static class Quick implements Serializable {
        private static final long serialVersionUID = 1;

        public void hear() {
            SERVED_BEFORE.add(SERVED.size());
        }
    }

    /** Talks to the slow one, then to the quick one. */
    public static class Talker implements Serializable {
        private static final long serialVersionUID = 1;

        public void talkTo(Slow slow, Quick quick) {
            for (int word = 0; word < WORDS; word++) {
                slow.hear();
            }
            quick.hear();
        }
    }

    private void talk(Node node) {
        Node far = grid.node("b");
        far.setProperty("actium.inbox.capacity", "" + CAPACITY);
        Slow slow = grid.objects().newActive(Slow.class).on(far).start();
        Quick quick = grid.objects().newActive(Quick.class).on(grid.node("c")).start();
        grid.objects().newActive(Talker.class).on(node).start().talkTo(slow, quick);
    }

    @Test
    public void withFifoWhatGoesToOneObjectWaitsForNoOther() throws InterruptedException {
        TestServices services = services();
        Node node = services.node("one");
        services.apply(node, "ordering", Map.of("order", "fifo"));

        talk(node);

        assertThat(SERVED_BEFORE.take())
                .as("it hears before the slow one has heard anything")
                .isZero();
        PERMITS.release(WORDS);
        for (int word = 1; word <= WORDS; word++) {
            assertThat(SERVED.take()).isEqualTo(word);
        }
    }

    /** Also on a node that asked for less before. */
    @Test
    public void withCausalItWaitsUntilAllThatWentBeforeIsInItsQueue() throws InterruptedException {
        TestServices services = services();
        Node node = services.node("one");
        node.setProperty("actium.ordering", "fifo");
        services.apply(node, "ordering", Map.of("order", "causal"));

        talk(node);
        for (int word = 1; word <= WORDS; word++) {
            PERMITS.release();
            int heard = word;
            grid.eventually("word " + heard + " is heard", () -> SERVED.size() >= heard);
        }

        assertThat(SERVED_BEFORE.take()).isGreaterThanOrEqualTo(WORDS - CAPACITY - 1);
    }

    @Test
    public void choosesTheOrderOfTheNodeUntilItIsRemoved() {
        TestServices services = services();
        Node node = services.node("one");

        services.apply(node, "ordering", Map.of("order", "fifo"));
        assertThat(node.property("actium.ordering")).contains("fifo");

        services.remove(node, "ordering");
        assertThat(node.property("actium.ordering")).isEmpty();
    }

    @Test
    public void isUsedOnceAndOnlyWithAnOrderThereIs() {
        TestServices services = services();
        Node node = services.node("one");

        assertThatThrownBy(() -> services.apply(node, "ordering", Map.of("order", "total")))
                .hasMessageContaining("argument 'order' is 'total', which is neither 'causal' nor 'fifo'");
        assertThatThrownBy(() -> services.apply(
                        node,
                        new ServiceUse("a", "ordering", Map.of("order", "fifo")),
                        new ServiceUse("b", "ordering", Map.of("order", "causal"))))
                .hasMessageContaining("do not go together")
                .hasMessageContaining("excludes 'order-of-messages'");
        assertThat(node.properties()).doesNotContainKey("actium.ordering");
    }

    private TestServices services() {
        return new TestServices(grid.runtime("test"), Map.of("ordering", OrderingService::new));
    }
}
