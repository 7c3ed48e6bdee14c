package org.actium.simulation.network;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One direction between two hosts. A lost packet arrives after all, as TCP has it: later by the time of a
 * retransmission, and what was sent behind it on the same connection waits for it.
 *
 * @param bytesPerSecond shared by all connections between the two
 * @param loss how likely a packet is lost, from 0 to 1
 * @param retransmission how long it takes until a lost packet is sent again
 */
public record LinkQuality(Delay delay, long bytesPerSecond, double loss, Duration retransmission) {

    /** Two machines in one room. */
    public static final LinkQuality LAN = new LinkQuality(
            new Delay.Uniform(Duration.ofNanos(50_000), Duration.ofNanos(400_000)),
            125_000_000,
            0.000_1,
            Duration.ofMillis(200));

    /** Two sites. */
    public static final LinkQuality WAN = new LinkQuality(
            new Delay.HeavyTail(Duration.ofMillis(20), Duration.ofMillis(120)),
            12_500_000,
            0.01,
            Duration.ofMillis(250));

    /** One machine. */
    static final LinkQuality LOCAL =
            new LinkQuality(new Delay.Fixed(Duration.ofNanos(10_000)), 1L << 33, 0, Duration.ofMillis(200));

    public LinkQuality {
        if (bytesPerSecond <= 0 || loss < 0 || loss >= 1) {
            throw new IllegalArgumentException(
                    "a link with " + bytesPerSecond + " bytes/s and a loss of " + loss + " carries nothing");
        }
    }

    public LinkQuality delay(Delay newDelay) {
        return new LinkQuality(newDelay, bytesPerSecond, loss, retransmission);
    }

    public LinkQuality bytesPerSecond(long newBytesPerSecond) {
        return new LinkQuality(delay, newBytesPerSecond, loss, retransmission);
    }

    public LinkQuality loss(double newLoss) {
        return new LinkQuality(delay, bytesPerSecond, newLoss, retransmission);
    }

    long transmissionNanos(int bytes) {
        return (long) ((double) bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
    }

    /** Each time it is sent again it may be lost again, and the wait doubles. */
    long lossNanos(double fraction) {
        long waited = 0;
        double likely = loss;
        for (long wait = retransmission.toNanos(); fraction < likely; wait *= 2) {
            waited += wait;
            likely *= loss;
        }
        return waited;
    }
}
