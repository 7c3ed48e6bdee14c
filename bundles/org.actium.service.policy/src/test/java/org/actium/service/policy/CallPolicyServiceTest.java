package org.actium.service.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CallTimeoutException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.Termination;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.Timeout;

public class CallPolicyServiceTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(Timeout.seconds(60)).around(grid);

    private final Guard guard = new Guard();
    private TestServices services;
    private Node node;

    /** Deals with what arrives at shops, in either runtime. */
    private static final class Guard implements MessageInterceptor {
        private final AtomicInteger arrived = new AtomicInteger();
        private volatile int turnedAway;
        private volatile Verdict verdict = new Verdict.Refuse("not yet");

        @Override
        public Verdict arriving(RequestView request) {
            return arrived.incrementAndGet() <= turnedAway ? verdict : Verdict.DELIVER;
        }
    }

    @Before
    public void guardShops() {
        SLOW = new CountDownLatch(1);
        for (String name : new String[] {"test", "b"}) {
            EmbeddedRuntime runtime = grid.runtime(name);
            runtime.intercept((body, type, place) -> type == Shop.class ? Optional.of(guard) : Optional.empty());
        }
        services = new TestServices(grid.runtime("test"), Map.of("call-policy", CallPolicyService::new));
        node = services.node("one");
    }

    @After
    public void letSlowShopsGo() {
        SLOW.countDown();
    }

    @Test
    public void aCallThatWasRefusedIsMadeAgain() {
        apply(Map.of("pauseMillis", "1"));
        guard.turnedAway = 2;

        assertThat(client().buy(shop("test"))).as("served once").isEqualTo(1);
        assertThat(guard.arrived).hasValue(3);
    }

    @Test
    public void aCallThatWasRefusedElsewhereIsMadeAgain() {
        apply(Map.of("pauseMillis", "1"));
        guard.turnedAway = 2;

        assertThat(client().buy(shop("b"))).as("served once").isEqualTo(1);
        assertThat(guard.arrived).hasValue(3);
    }

    @Test
    public void theLastFailureReachesTheCaller() {
        apply(Map.of("pauseMillis", "0", "attempts", "4"));
        guard.turnedAway = Integer.MAX_VALUE;
        Client client = client();
        Shop shop = shop("b");

        assertThatThrownBy(() -> client.buy(shop))
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("not yet");
        assertThat(guard.arrived).hasValue(4);
    }

    @Test
    public void aCallThatDoesNotFitInAQueueIsMadeAgain() throws InterruptedException {
        for (String runtime : new String[] {"test", "b"}) {
            Node small = grid.runtime(runtime).runtime().createNode("small", Optional.of("workers"));
            small.setProperty("actium.inbox.capacity", "1");
            small.setProperty("actium.inbox.whenFull", "fail");
            Door door = new Door();
            DOOR = door;
            Shop shop = grid.objects()
                    .newActive(Shop.class)
                    .on(grid.runtime("test").nodeOf(grid.runtime(runtime), "small"))
                    .start();
            shop.closeUntilToldOtherwise();
            door.entered.await();
            shop.stroll(); // the place in the queue
            assertThatThrownBy(shop::buy).isInstanceOf(InboxFullException.class);

            apply(Map.of("pauseMillis", "1", "attempts", "1000000"));
            Client client = client();
            int before = guard.arrived.get();
            Thread opener = Thread.ofPlatform().start(() -> {
                grid.eventually("tried again", () -> guard.arrived.get() > before + 2);
                door.open.countDown();
            });
            assertThat(client.buy(shop)).as("served once in %s", runtime).isEqualTo(1);
            opener.join();
            services.remove(node, "call-policy");
        }
    }

    @Test
    public void whatMayHaveBeenServedIsNotMadeAgainUnlessItsMethodIsIdempotent() {
        apply(Map.of("pauseMillis", "1", "idempotent", "look, sell"));
        guard.verdict = new Verdict.Discard("a copy");
        guard.turnedAway = 1;
        Client client = client();
        Shop shop = shop("b");

        assertThatThrownBy(() -> client.buy(shop)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(guard.arrived).hasValue(1);

        guard.arrived.set(0);
        assertThat(client.look(shop)).isZero();
        assertThat(guard.arrived).hasValue(2);
    }

    @Test
    public void whatTheObjectWasRefusedIsNoRefusalOfTheCall() {
        apply(Map.of("pauseMillis", "1", "idempotent", "askAgain"));
        guard.turnedAway = Integer.MAX_VALUE;
        Client client = client();
        for (String runtime : new String[] {"test", "b"}) {
            Middle middle = grid.objects()
                    .newActive(Middle.class)
                    .on(grid.node(runtime))
                    .start();
            Shop shop = shop("test");

            assertThatThrownBy(() -> client.ask(middle, shop)).isInstanceOf(CallRefusedException.class);
            assertThat(middle.asked()).as("it had begun to serve").isEqualTo(1);

            assertThatThrownBy(() -> client.askAgain(middle, shop)).isInstanceOf(CallRefusedException.class);
            assertThat(middle.asked()).as("may be served as often as one likes").isEqualTo(1 + 3);
        }
    }

    @Test
    public void aCallEndsAtTheLimitAndIsMadeAgainIfItsMethodIsIdempotent() {
        apply(Map.of("limitMillis", "50", "pauseMillis", "1", "idempotent", "look"));
        Client client = client();
        Shop shop = shop("b");
        shop.sleep();

        assertThatThrownBy(() -> client.buy(shop)).isInstanceOf(CallTimeoutException.class);
        assertThatThrownBy(() -> client.look(shop)).isInstanceOf(CallTimeoutException.class);

        grid.eventually("sleep, buy, and look three times, have come", () -> guard.arrived.get() >= 5);
        SLOW.countDown();
        assertThat(shop.look()).as("bought once, though it was looked at again").isEqualTo(1);
        assertThat(guard.arrived).hasValue(6);
    }

    @Test
    public void whatTheApplicationLimitsItIsLeftAlone() {
        apply(Map.of("pauseMillis", "1"));
        guard.turnedAway = 1;
        Client client = client();
        Shop shop = shop("b");

        assertThatThrownBy(() -> client.buyWithin(shop, Duration.ofSeconds(30)))
                .isInstanceOf(CallRefusedException.class);
        assertThat(guard.arrived).hasValue(1);
    }

    @Test
    public void callsWithAFutureAreLeftAlone() {
        apply(Map.of("pauseMillis", "1"));
        guard.turnedAway = 1;
        Client client = client();
        Shop shop = shop("b");

        assertThatThrownBy(() -> client.order(shop)).isInstanceOf(CallRefusedException.class);
        assertThat(guard.arrived).hasValue(1);
    }

    @Test
    public void whatAMethodThrowsIsItsResult() {
        apply(Map.of("pauseMillis", "1", "idempotent", "*"));
        Client client = client();
        Shop shop = shop("b");

        assertThatThrownBy(() -> client.sell(shop)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(guard.arrived).hasValue(1);
    }

    @Test
    public void anObjectThatHasEndedIsNotAskedAgain() {
        apply(Map.of("pauseMillis", "60000", "idempotent", "*"));
        Client client = client();
        Shop shop = shop("test");
        grid.objects().terminate(shop, Termination.NOW);

        assertThatThrownBy(() -> client.buy(shop)).hasMessageContaining("ended");
    }

    @Test
    public void objectsThatAreThereArePatientUntilItIsRemoved() {
        Client client = client();
        Shop shop = shop("b");
        apply(Map.of("pauseMillis", "1", "methods", "buy"));
        guard.turnedAway = 1;
        assertThat(client.buy(shop)).isEqualTo(1);

        guard.arrived.set(0);
        assertThatThrownBy(() -> client.look(shop))
                .as("concerns other methods")
                .isInstanceOf(CallRefusedException.class);

        services.remove(node, "call-policy");
        guard.arrived.set(0);
        assertThatThrownBy(() -> client.buy(shop)).isInstanceOf(CallRefusedException.class);
    }

    @Test
    public void saysWhichArgumentIsWrongAndIsUsedOnce() {
        assertThatThrownBy(() -> apply(Map.of("attempts", "0")))
                .hasMessageContaining("argument 'attempts' is '0', which is not a whole number from 1 up");
        assertThatThrownBy(() -> apply(Map.of("limitMillis", "soon"))).hasMessageContaining("'limitMillis' is 'soon'");
        assertThatThrownBy(() -> apply(Map.of("retries", "5")))
                .hasMessageContaining("arguments [retries] are unknown; there are [attempts, idempotent, limitMillis,");
        assertThatThrownBy(() -> services.apply(
                        node,
                        new ServiceUse("a", "call-policy", Map.of()),
                        new ServiceUse("b", "call-policy", Map.of())))
                .hasMessageContaining("excludes 'repetition-of-calls'");
    }

    private void apply(Map<String, String> arguments) {
        services.apply(node, "call-policy", arguments);
    }

    private Client client() {
        return grid.objects().newActive(Client.class).on(node).start();
    }

    private Shop shop(String runtime) {
        return grid.objects().newActive(Shop.class).on(grid.node(runtime)).start();
    }

    private static volatile CountDownLatch SLOW;
    private static volatile Door DOOR;

    /** Keeps a shop busy. */
    private static final class Door {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
    }

    /** Calls shops, from a node with a policy. */
    public static class Client {

        public int buy(Shop shop) {
            return shop.buy();
        }

        public int look(Shop shop) {
            return shop.look();
        }

        public int sell(Shop shop) {
            return shop.sell();
        }

        public int order(Shop shop) {
            return shop.order().number();
        }

        public int buyWithin(Shop shop, Duration limit) {
            return ActiveContext.current().objects().within(limit, shop::buy);
        }

        public int ask(Middle middle, Shop shop) {
            return middle.ask(shop);
        }

        public int askAgain(Middle middle, Shop shop) {
            return middle.askAgain(shop);
        }
    }

    /** Calls shops itself. */
    public static class Middle {

        private int asked;

        public int ask(Shop shop) {
            asked++;
            return shop.buy();
        }

        public int askAgain(Shop shop) {
            return ask(shop);
        }

        public int asked() {
            return asked;
        }
    }

    /** Counts what it serves. */
    public static class Shop {

        private int bought;

        public int buy() {
            return ++bought;
        }

        public int look() {
            return bought;
        }

        public int sell() {
            throw new UnsupportedOperationException("we only buy");
        }

        public Order order() {
            return new Order();
        }

        public void stroll() {}

        public void sleep() {
            await(SLOW);
        }

        public void closeUntilToldOtherwise() {
            Door door = DOOR;
            door.entered.countDown();
            await(door.open);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What can be stood in for until it is there. */
    public static class Order implements Serializable {
        private static final long serialVersionUID = 1;

        public int number() {
            return 1;
        }
    }
}
