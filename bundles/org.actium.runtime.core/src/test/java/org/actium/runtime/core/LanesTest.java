package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.Test;

public class LanesTest {

    private static final int LIMIT_SECONDS = 30;

    private final Lanes lanes = new Lanes(2);

    /** A task that is told from others by its number. */
    private record Numbered(int number) implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    public void whoWorksInALaneGetsItsMostRecentTask() {
        add(0, 1, 2, 3);
        assertThat(latest(0)).isEqualTo(3);
        add(0, 4);
        assertThat(List.of(latest(0), latest(0), latest(0))).containsExactly(4, 2, 1);
        assertThat(lanes.latest(0)).isNull();
    }

    @Test
    public void aLaneHasNothingOfTheOtherUntilTheOldestIsAskedFor() {
        add(1, 1, 2);
        assertThat(lanes.latest(0)).isNull();
        assertThat(lanes.isEmpty(0)).isFalse();
        assertThat(oldest(0)).isEqualTo(1);
    }

    @Test
    public void theOldestComesFirstAlsoAfterMoreWereAdded() {
        add(0, 1, 2, 3);
        assertThat(oldest(0)).isEqualTo(1);
        add(0, 4, 5);
        assertThat(List.of(oldest(0), oldest(0), oldest(0), oldest(0))).containsExactly(2, 3, 4, 5);
        assertThat(lanes.oldest(0)).isNull();
        assertThat(lanes.isEmpty(0)).isTrue();
    }

    @Test
    public void whoFindsItsLaneEmptyTakesOverWhatWaitsOnAnotherStack() {
        add(1, 1, 2, 3, 4);
        assertThat(oldest(0)).isEqualTo(1);
        assertThat(latest(1)).isEqualTo(4); // too recent to be on the stack
        assertThat(List.of(latest(0), latest(0))).containsExactly(2, 3);
        assertThat(lanes.isEmpty(0)).isTrue();
    }

    @Test
    public void itsOwnLaneGoesBeforeTheOther() {
        add(1, 1);
        add(0, 2, 3);
        assertThat(List.of(oldest(0), oldest(0), oldest(0))).containsExactly(2, 3, 1);
    }

    @Test
    public void everyTaskIsTakenOnceWhoeverAddsAndTakesAtOnce() throws Exception {
        int adders = 3;
        int each = 200_000;
        AtomicIntegerArray taken = new AtomicIntegerArray(adders * each);
        CountDownLatch left = new CountDownLatch(adders * each);
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int a = 0; a < adders; a++) {
            int adder = a;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < each; i++) {
                    lanes.add((adder + i / 1000) % lanes.count(), new Numbered(adder * each + i));
                }
            }));
        }
        for (int t = 0; t < 4; t++) {
            int taker = t;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                for (int i = taker; !enough.get(); i++) {
                    int lane = i / 100 % lanes.count();
                    Runnable task = taker % 2 == 0 ? lanes.oldest(lane) : lanes.latest(lane);
                    if (task instanceof Numbered numbered) {
                        taken.incrementAndGet(numbered.number());
                        left.countDown();
                    }
                }
            }));
        }
        boolean inTime = left.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        enough.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(inTime).as(left.getCount() + " tasks got lost").isTrue();
        for (int i = 0; i < taken.length(); i++) {
            assertThat(taken.get(i)).as("how often task " + i + " was taken").isEqualTo(1);
        }
        assertThat(lanes.isEmpty(0)).isTrue();
    }

    private void add(int lane, int... numbers) {
        for (int number : numbers) {
            lanes.add(lane, new Numbered(number));
        }
    }

    private int latest(int lane) {
        return ((Numbered) lanes.latest(lane)).number();
    }

    private int oldest(int lane) {
        return ((Numbered) lanes.oldest(lane)).number();
    }
}
