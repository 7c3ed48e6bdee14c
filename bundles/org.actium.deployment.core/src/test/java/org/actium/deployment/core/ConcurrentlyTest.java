package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.core.SystemThreads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ConcurrentlyTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final SystemThreads threads = new SystemThreads();
    private final HandMovedTime time = new HandMovedTime();

    @Test
    public void tasksRunAtTheSameTimeAndAllHaveEndedOnReturn() {
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicInteger ended = new AtomicInteger();
        Runnable task = () -> {
            meet(together);
            ended.incrementAndGet();
        };

        Concurrently.run(threads, List.of(task, task));

        assertThat(ended).hasValue(2);
    }

    @Test
    public void nothingToDoIsDoneAtOnce() {
        Concurrently.run(threads, List.of());

        assertThat(Concurrently.run(threads, time, Duration.ofSeconds(1), List.of()))
                .isTrue();
    }

    @Test
    public void aTaskThatTakesTooLongIsLeftBehind() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        var all = CompletableFuture.supplyAsync(
                () -> Concurrently.run(threads, time, Duration.ofSeconds(5), List.of(() -> {}, () -> await(never))));
        time.awaitTimer(Duration.ofSeconds(5));

        time.advance(Duration.ofSeconds(5));

        assertThat(all.join()).isFalse();
        never.countDown();
    }

    @Test
    public void theTimerIsGivenUpWhenAllHaveEnded() {
        assertThat(Concurrently.run(threads, time, Duration.ofSeconds(5), List.of(() -> {})))
                .isTrue();

        assertThat(time.timers()).isZero();
    }

    @Test
    public void anInterruptIsKeptForLater() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread runner = Thread.ofVirtual().start(() -> {
            Concurrently.run(threads, List.of(() -> await(mayEnd)));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });

        runner.interrupt();
        mayEnd.countDown();

        assertThat(interrupted.join()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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
