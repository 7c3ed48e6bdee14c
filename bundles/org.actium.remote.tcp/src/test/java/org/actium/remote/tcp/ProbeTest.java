package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.actium.runtime.api.Endpoint;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ProbeTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private static Endpoint closed() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", free.getLocalPort());
        }
    }

    @Test
    public void theOneThatAnswersComesFirst() throws Exception {
        try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint open = new Endpoint("127.0.0.1", there.getLocalPort());
            Endpoint refusing = closed();
            Endpoint unknown = new Endpoint("host.invalid", 1);
            assertThat(Probe.order(List.of(unknown, refusing, open), LONG)).containsExactly(open, unknown, refusing);
        }
    }

    @Test
    public void whereNobodyAnswersTheOrderStays() throws Exception {
        List<Endpoint> refusing = List.of(closed(), closed());
        assertThat(Probe.order(refusing, LONG)).isEqualTo(refusing);
    }
}
