package org.actium.simulation.network;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.actium.simulation.engine.RandomStreams;
import org.junit.Test;

public class DelayTest {

    @Test
    public void aFixedDelayIsAlwaysTheSame() {
        assertThat(sorted(new Delay.Fixed(ofMillis(3)))).containsOnly(3_000_000);
    }

    @Test
    public void aUniformDelayFillsItsRange() {
        long[] delays = sorted(new Delay.Uniform(ofMillis(1), ofMillis(2)));

        assertThat(delays[0]).isBetween(1_000_000L, 1_010_000L);
        assertThat(delays[delays.length / 2]).isBetween(1_480_000L, 1_520_000L);
        assertThat(delays[delays.length - 1]).isBetween(1_990_000L, 2_000_000L);
    }

    @Test
    public void aHeavyTailKeepsItsMedianAndItsPercentile() {
        long[] delays = sorted(new Delay.HeavyTail(ofMillis(20), ofMillis(120)));

        assertThat(delays[delays.length / 2]).isBetween(19_500_000L, 20_500_000L);
        assertThat(delays[delays.length / 100 * 99]).isBetween(110_000_000L, 130_000_000L);
        assertThat(delays[delays.length - 1]).isGreaterThan(200_000_000L);
        assertThat(new Delay.HeavyTail(ofMillis(20), ofMillis(120)).nanos(0.999_999_999_999))
                .isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    public void lossDelaysAndTwiceLostDelaysMore() {
        LinkQuality lossy = LinkQuality.LAN.loss(0.1);

        assertThat(lossy.lossNanos(0.5)).isZero();
        assertThat(lossy.lossNanos(0.05)).isEqualTo(200_000_000);
        assertThat(lossy.lossNanos(0.005)).isEqualTo(600_000_000);
        assertThat(LinkQuality.LAN.loss(0).lossNanos(0)).isZero();
    }

    @Test
    public void impossibleQualitiesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Delay.Fixed(ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Delay.Uniform(ofMillis(2), ofMillis(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Delay.HeavyTail(Duration.ZERO, ofMillis(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkQuality.LAN.loss(1));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkQuality.LAN.bytesPerSecond(0));
    }

    private static long[] sorted(Delay delay) {
        RandomStreams streams = new RandomStreams(1);
        return IntStream.range(0, 10_000)
                .mapToLong(i -> delay.nanos(streams.fraction("delays", i)))
                .sorted()
                .toArray();
    }
}
