package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actium.runtime.api.Registration;
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
        try (SystemTime time = new SystemTime(new SystemThreads())) {
            Registration first = time.after(Duration.ofMillis(20), () -> fired.add("cancelled"));
            time.after(Duration.ofMillis(40), () -> fired.add("kept"));
            first.close();

            assertThat(fired.take()).isEqualTo("kept");
            assertThat(fired).isEmpty();
        }
    }
}
