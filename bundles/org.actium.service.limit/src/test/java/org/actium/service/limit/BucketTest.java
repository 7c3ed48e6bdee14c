package org.actium.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class BucketTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 100_000_000L); // nanos may run over

    @Test
    public void letsABurstPassAndThenTheRate() {
        Bucket bucket = new Bucket(now::get, 10, 3);

        assertThat(taken(bucket, 5)).isEqualTo(3);
        now.addAndGet(100_000_000L);
        assertThat(taken(bucket, 5)).isEqualTo(1);
        now.addAndGet(250_000_000L);
        assertThat(taken(bucket, 5)).isEqualTo(2);
    }

    @Test
    public void aLongPauseSavesUpNoMoreThanTheBurst() {
        Bucket bucket = new Bucket(now::get, 10, 3);
        now.addAndGet(3_600_000_000_000L);

        assertThat(taken(bucket, 100)).isEqualTo(3);
    }

    @Test
    public void manyThreadsTakeNoMoreThanThereIs() throws InterruptedException {
        Bucket bucket = new Bucket(now::get, 1, 1000);
        AtomicInteger taken = new AtomicInteger();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> taken.addAndGet(taken(bucket, 500)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(taken).hasValue(1000);
    }

    private static int taken(Bucket bucket, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take() ? 1 : 0;
        }
        return taken;
    }
}
