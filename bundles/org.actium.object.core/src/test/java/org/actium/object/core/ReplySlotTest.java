package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ReplySlotTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Waits waits = new Waits(time, new RuntimeId(1, 2));
    private final ReplySlot slot = slot();

    private ReplySlot slot() {
        return new ReplySlot("Counter.value", "counter-1", Optional.empty(), waits);
    }

    @After
    public void stopTimers() {
        time.close();
    }

    @Test
    public void isSetOnce() {
        assertThat(slot.set(new Outcome.Value(1))).isTrue();
        assertThat(slot.set(new Outcome.Value(2))).isFalse();

        assertThat(slot.await()).isEqualTo(new Outcome.Value(1));
        assertThat(slot.now()).contains(new Outcome.Value(1));
        assertThat(slot.call()).isEqualTo("Counter.value on counter-1");
    }

    @Test
    public void asksForTheNameOfItsTargetOnlyWhenAMessageNeedsIt() {
        AtomicInteger asked = new AtomicInteger();
        Object target = new Object() {
            @Override
            public String toString() {
                asked.incrementAndGet();
                return "counter-1";
            }
        };
        ReplySlot called = new ReplySlot("Counter.value", target, Optional.empty(), waits);

        called.set(new Outcome.Value(1));
        called.await();

        assertThat(asked).hasValue(0);
        assertThat(called.call()).isEqualTo("Counter.value on counter-1");
    }

    @Test
    public void hasAnIdentityOfItsOwnWhichThoseItIsPassedOnToShare() {
        FutureId id = slot.id();

        assertThat(slot.id()).isSameAs(id).hasToString("00000000-f1");
        assertThat(ReplySlot.passedOn("Counter.value on counter-1", Optional.empty(), id, waits, failure -> failure)
                        .id())
                .isEqualTo(id);
        assertThat(slot().id()).isNotEqualTo(id);
    }

    @Test
    public void tellsThoseWhoCameFirstFirstAndLatecomersAtOnce() {
        List<String> told = new ArrayList<>();
        slot.whenKnown(outcome -> told.add("first"));
        slot.whenKnown(outcome -> told.add("second"));

        slot.set(new Outcome.Value(1));
        slot.whenKnown(outcome -> told.add("late"));

        assertThat(told).containsExactly("first", "second", "late");
    }

    @Test
    public void aTimedWaitEndsEmptyWhenNothingCame() {
        long start = time.nanos();

        assertThat(slot.await(Duration.ofMillis(30))).isEmpty();

        assertThat(time.nanos() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    public void whoeverGivesUpLeavesNothingBehind() throws InterruptedException {
        slot.whenKnown(outcome -> {});
        Consumer<Outcome> action = outcome -> {
            throw new AssertionError("was taken back");
        };
        slot.whenKnown(action);
        slot.beforeKnown(action);
        slot.whenKnown(outcome -> {});

        assertThat(slot.await(Duration.ofMillis(1))).isEmpty();
        slot.forget(action);
        slot.forget(action);
        slot.forget(action);

        assertThat(slot.waiters()).isEqualTo(2);
        Thread interrupted = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(slot::await).isInstanceOf(CancellationException.class));
        interrupted.interrupt();
        interrupted.join();
        assertThat(slot.waiters()).isEqualTo(2);
        slot.set(new Outcome.Value(1));
        assertThat(slot.waiters()).isZero();
    }

    @Test
    public void thoseWhoCopyAreCalledBeforeAnybodySeesTheOutcome() {
        List<String> told = new ArrayList<>();
        slot.whenKnown(outcome -> told.add("told"));
        slot.beforeKnown(outcome -> {
            told.add("copies, known: " + slot.now().isPresent());
            slot.beforeKnown(again ->
                    told.add("comes while others copy, known: " + slot.now().isPresent()));
            assertThat(slot.set(new Outcome.Value(2))).as("set while settling").isFalse();
        });

        slot.set(new Outcome.Value(1));
        slot.beforeKnown(outcome -> told.add("late, known: " + slot.now().isPresent()));

        assertThat(told)
                .containsExactly(
                        "copies, known: false", "comes while others copy, known: false", "told", "late, known: true");
    }

    @Test
    public void oneWhoCannotTakeTheNewsDoesNotKeepItFromTheOthers() {
        List<String> told = new ArrayList<>();
        slot.beforeKnown(outcome -> {
            throw new IllegalStateException("cannot copy");
        });
        slot.whenKnown(outcome -> told.add("other"));

        assertThatThrownBy(() -> slot.set(new Outcome.Value(1))).hasMessage("cannot copy");

        assertThat(told).containsExactly("other");
        assertThat(slot.await()).isEqualTo(new Outcome.Value(1));
    }

    @Test
    public void anInterruptEndsTheWaitAndIsKept() throws InterruptedException {
        BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(slot::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("interrupted while waiting for Counter.value on counter-1");
            ended.add(Thread.currentThread().isInterrupted());
        });
        waiter.interrupt();

        assertThat(ended.take()).isEqualTo(true);
    }

    @Test
    public void nobodyMissesAnOutcomeThatComesWhileTheyBeginToWait() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            ReplySlot raced = slot();
            CyclicBarrier together = new CyclicBarrier(4);
            CountDownLatch told = new CountDownLatch(3);
            AtomicInteger wins = new AtomicInteger();
            Thread.startVirtualThread(() -> {
                meet(together);
                raced.await();
                told.countDown();
            });
            Thread.startVirtualThread(() -> {
                meet(together);
                raced.whenKnown(outcome -> told.countDown());
            });
            Thread.startVirtualThread(() -> {
                meet(together);
                wins.addAndGet(raced.set(new Outcome.Value(1)) ? 1 : 0);
                told.countDown();
            });
            meet(together);
            wins.addAndGet(raced.set(new Outcome.Value(2)) ? 1 : 0);

            told.await();
            assertThat(wins).hasValue(1);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
