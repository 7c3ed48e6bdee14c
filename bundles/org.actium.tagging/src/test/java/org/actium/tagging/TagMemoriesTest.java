package org.actium.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.actium.tagging.api.TagMemory;
import org.junit.Test;

public class TagMemoriesTest {

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final RuntimeId RUNTIME = new RuntimeId(1, 2);
    private static final BodyId BODY = new BodyId(RUNTIME, 1);
    private static final BodyId OTHER = new BodyId(RUNTIME, 2);

    private final HandMovedTime time = new HandMovedTime();
    private final TagMemories memories = new TagMemories(time);

    /** Stands still until it is moved; runs what is due on the thread that moves it. */
    private static final class HandMovedTime implements Time {
        private final List<Timer> timers = new ArrayList<>();
        private long now;

        private record Timer(long at, Runnable task) {}

        void pass(Duration duration) {
            long end = now + duration.toNanos();
            while (true) {
                Timer next = timers.stream()
                        .min(Comparator.comparingLong(Timer::at))
                        .filter(timer -> timer.at() <= end)
                        .orElse(null);
                if (next == null) {
                    break;
                }
                timers.remove(next);
                now = next.at();
                next.task().run();
            }
            now = end;
        }

        int timers() {
            return timers.size();
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, now);
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            Timer timer = new Timer(now + delay.toNanos(), task);
            timers.add(timer);
            return () -> timers.remove(timer);
        }
    }

    private TagMemory trip(BodyId body) {
        return memories.memory(body, "trip", LEASE);
    }

    @Test
    public void whatWasPutThereIsThereUntilItIsRemoved() {
        trip(BODY).put("what", 42);

        assertThat(trip(BODY).get("what")).contains(42);
        trip(BODY).remove("what");
        assertThat(trip(BODY).get("what")).isEmpty();
    }

    @Test
    public void anotherObjectAndAnotherTagHaveTheirOwn() {
        trip(BODY).put("what", 42);

        assertThat(trip(OTHER).get("what")).isEmpty();
        assertThat(memories.memory(BODY, "visit", LEASE).get("what")).isEmpty();
    }

    @Test
    public void whatIsNotUsedForTheTimeOfItsLeaseIsForgotten() {
        trip(BODY).put("what", 42);

        time.pass(LEASE.minusNanos(1));
        assertThat(trip(BODY).get("what")).contains(42);
        time.pass(LEASE);

        assertThat(trip(BODY).get("what")).isEmpty();
    }

    @Test
    public void aRequestWithTheTagIsAUse() {
        trip(BODY).put("what", 42);
        for (int i = 0; i < 10; i++) {
            time.pass(LEASE.minusNanos(1));
            memories.renew(BODY, "trip");
        }

        assertThat(trip(BODY).get("what")).contains(42);
    }

    @Test
    public void aRequestWithAnotherTagIsNot() {
        trip(BODY).put("what", 42);
        time.pass(LEASE.minusNanos(1));
        memories.renew(BODY, "visit");
        memories.renew(OTHER, "trip");
        time.pass(Duration.ofNanos(1));

        assertThat(trip(BODY).get("what")).isEmpty();
    }

    @Test
    public void nothingIsKeptOfAnObjectThatHasEnded() {
        TagMemory memory = trip(BODY);
        memory.put("what", 42);

        memories.ended(BODY);

        assertThat(memory.get("what")).isEmpty();
        assertThat(trip(BODY).get("what")).isEmpty();
    }

    @Test
    public void whatWasForgottenLeavesNoTimer() {
        trip(BODY).put("what", 42);

        time.pass(LEASE.multipliedBy(3));

        assertThat(time.timers()).isZero();
    }

    @Test
    public void aLeaseThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memories.memory(BODY, "trip", Duration.ZERO))
                .withMessageContaining("'trip'")
                .withMessageContaining("PT0S");
    }
}
