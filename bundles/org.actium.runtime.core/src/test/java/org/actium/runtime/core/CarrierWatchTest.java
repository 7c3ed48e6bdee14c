package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;

public class CarrierWatchTest {

    @Test
    public void virtualThreadsRunAlthoughMoreOfThemComputeThanThereAreProcessors() throws Exception {
        int computing = 2 * Runtime.getRuntime().availableProcessors() + 1;
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch allCompute = new CountDownLatch(computing);
        CountDownLatch ended = new CountDownLatch(computing);
        CountDownLatch other = new CountDownLatch(1);
        try (CarrierWatch _ = new CarrierWatch()) {
            for (int i = 0; i < computing; i++) {
                Thread.startVirtualThread(() -> {
                    allCompute.countDown();
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                    ended.countDown();
                });
            }
            boolean computes = allCompute.await(30, TimeUnit.SECONDS);
            Thread.startVirtualThread(other::countDown);
            boolean ran = other.await(30, TimeUnit.SECONDS);
            enough.set(true);

            assertThat(computes).as("all of them compute at once").isTrue();
            assertThat(ran).as("another one runs beside them").isTrue();
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            enough.set(true);
        }
    }
}
