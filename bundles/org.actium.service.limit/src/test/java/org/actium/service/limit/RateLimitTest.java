package org.actium.service.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;

public class RateLimitTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final Clock clock = new Clock();

    @Test
    public void refusesWhatComesFasterAndSaysWhy() {
        TestServices services =
                new TestServices(grid.runtime("test"), Map.of("rate-limit", () -> new RateLimit(clock)));
        Node node = services.node("one");
        Till till = grid.objects().newActive(Till.class).on(node).start();
        services.apply(node, "rate-limit", Map.of("perSecond", "10", "burst", "2"));

        assertThat(till.pay()).isEqualTo(1);
        assertThat(till.pay()).isEqualTo(2);
        assertThatThrownBy(till::pay)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("node 'one' takes 10.0 calls per second and 2 at once");
        clock.now.addAndGet(100_000_000);
        assertThat(till.pay()).isEqualTo(3);
        services.remove(node, "rate-limit");
        for (int i = 4; i < 20; i++) {
            assertThat(till.pay()).isEqualTo(i);
        }
    }

    @Test
    public void saysWhichArgumentIsWrong() {
        TestServices services =
                new TestServices(grid.runtime("test"), Map.of("rate-limit", () -> new RateLimit(clock)));
        Node node = services.node("one");

        assertThatThrownBy(() -> services.apply(node, "rate-limit", Map.of()))
                .hasMessageContaining("argument 'perSecond' is 'null', which is not a number above 0");
        assertThatThrownBy(() -> services.apply(node, "rate-limit", Map.of("perSecond", "5", "burst", "-1")))
                .hasMessageContaining("argument 'burst' is '-1'");
        assertThatThrownBy(() -> services.apply(node, "rate-limit", Map.of("perSecond", "5", "burst", "0.5")))
                .hasMessageContaining("argument 'burst' is '0.5', which is not a whole number from 1");
    }

    @Test
    public void refusesABurstThatCouldNotBeEarned() {
        TestServices services =
                new TestServices(grid.runtime("test"), Map.of("rate-limit", () -> new RateLimit(clock)));
        Node node = services.node("one");

        assertThatThrownBy(() -> services.apply(node, "rate-limit", Map.of("perSecond", "1e-6", "burst", "1000000")))
                .hasMessageContaining("arguments 'perSecond' 1.0E-6 and 'burst' 1000000 do not go together");
        assertThatThrownBy(() -> services.apply(node, "rate-limit", Map.of("perSecond", "1e-300")))
                .hasMessageContaining("do not go together");
    }

    @Test
    public void theLargestBurstOfASlowRateIsGranted() {
        TestServices services =
                new TestServices(grid.runtime("test"), Map.of("rate-limit", () -> new RateLimit(clock)));
        Node node = services.node("one");
        Till till = grid.objects().newActive(Till.class).on(node).start();

        services.apply(node, "rate-limit", Map.of("perSecond", "1e-8", "burst", "9"));
        for (int i = 1; i <= 9; i++) {
            assertThat(till.pay()).isEqualTo(i);
        }
        assertThatThrownBy(till::pay).isInstanceOf(CallRefusedException.class);
    }

    /** Counts who pays. */
    public static class Till {

        private int paid;

        public int pay() {
            return ++paid;
        }
    }

    /** Moves when it is told. */
    private static final class Clock implements Time {

        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now.get());
        }
    }
}
