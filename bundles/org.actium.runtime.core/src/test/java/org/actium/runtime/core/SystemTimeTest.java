package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SystemTimeTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final BlockingQueue<String> fired = new LinkedBlockingQueue<>();

    @Test
    public void runsATaskNoEarlierThanAfterItsDelayOnAVirtualThread() throws InterruptedException {
        try (SystemTime time = new SystemTime(new SystemThreads())) {
            long start = time.nanos();
            time.after(
                    Duration.ofMillis(20),
                    () -> fired.add(Thread.currentThread().isVirtual() ? "virtual" : "platform"));

            assertThat(fired.take()).isEqualTo("virtual");
            assertThat(time.nanos() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    public void aClosedTimerDoesNotFireAndLeavesTheOthersAlone() throws InterruptedException {
        try (SystemTime time = new SystemTime(new SameThread())) {
            CountDownLatch closed = new CountDownLatch(1);
            time.after(Duration.ZERO, () -> await(closed)); // no timer fires meanwhile, however slow the machine is
            Registration first = time.after(Duration.ofMillis(20), () -> fired.add("cancelled"));
            time.after(Duration.ofMillis(40), () -> fired.add("kept"));
            first.close();
            closed.countDown();

            assertThat(fired.take()).isEqualTo("kept");
            assertThat(fired).isEmpty();
        }
    }

    @Test
    public void whoeverIsNotDoneWhenItClosesIsNotDisturbed() {
        SystemTime time = new SystemTime(new SameThread());
        time.close();

        time.after(Duration.ZERO, () -> fired.add("late")).close();

        assertThat(fired).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs on the thread of the timers what they run. */
    private record SameThread() implements Threads {
        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public Thread start(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }
    }
}
