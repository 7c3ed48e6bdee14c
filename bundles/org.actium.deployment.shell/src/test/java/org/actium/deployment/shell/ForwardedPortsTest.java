package org.actium.deployment.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.Test;

public class ForwardedPortsTest {

    @Test
    public void noPortIsDrawnAgainBeforeAllOthersWere() {
        var ports = new ForwardedPorts(new SplittableRandom(1));

        int[] all = IntStream.generate(ports).limit(ForwardedPorts.COUNT).toArray();

        assertThat(all).doesNotHaveDuplicates();
        assertThat(IntStream.of(all))
                .allMatch(port -> port >= ForwardedPorts.LOWEST && port < ForwardedPorts.LOWEST + ForwardedPorts.COUNT);
        assertThat(ports.getAsInt()).isEqualTo(all[0]);
    }

    @Test
    public void whichIsTheFirstIsRandom() {
        int one = new ForwardedPorts(new SplittableRandom(1)).getAsInt();

        assertThat(IntStream.range(2, 10).map(seed -> new ForwardedPorts(new SplittableRandom(seed)).getAsInt()))
                .anyMatch(other -> other != one);
    }
}
