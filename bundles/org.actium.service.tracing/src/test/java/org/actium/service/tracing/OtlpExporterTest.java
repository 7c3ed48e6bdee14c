package org.actium.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class OtlpExporterTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final AtomicBoolean silent = new AtomicBoolean();
    private final ServerSocket collector; // takes what is sent, and never answers

    public OtlpExporterTest() throws IOException {
        collector = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @After
    public void close() throws IOException {
        collector.close();
    }

    @Test
    public void onlyTheFirstOfSeveralWaitsForACollectorThatDoesNotAnswer() {
        OtlpExporter first = exporter(Duration.ofMillis(200));
        OtlpExporter second = exporter(Duration.ofHours(1));
        first.ended(span());
        second.ended(span());

        first.close();
        assertThat(silent).isTrue();
        second.close();
    }

    private OtlpExporter exporter(Duration patience) {
        URI url = URI.create("http://127.0.0.1:" + collector.getLocalPort() + "/v1/traces");
        return new OtlpExporter(new OtlpExporter.Collector(url, patience, silent), "one");
    }

    private static Span span() {
        return new Span(
                TraceContext.root(new Random(1), true),
                Optional.empty(),
                "end()I",
                "one",
                "counter",
                Instant.EPOCH,
                1,
                true);
    }
}
