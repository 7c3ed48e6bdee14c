package org.actium.service.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to an OpenTelemetry collector, as OTLP over HTTP in JSON (specification 1.x, {@code /v1/traces}), in batches
 * from a thread of its own. What comes faster than the collector takes it is dropped and counted: calls never wait.
 */
final class OtlpExporter implements SpanSink {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);
    private static final int QUEUED = 2048;
    private static final int BATCH = 256;

    private final Collector collector;
    private final String service;
    private final HttpClient client;
    private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread sender;
    private volatile boolean closed;

    /**
     * Where spans are sent, by the exporters of all nodes that share an instance of the service.
     *
     * @param patience for an answer
     * @param silent whether one of them has waited for an answer in vain, and none has had one since
     */
    record Collector(URI url, Duration patience, AtomicBoolean silent) {

        Collector(URI url) {
            this(url, Duration.ofSeconds(5), new AtomicBoolean());
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** @param service what the collector is told these spans come from */
    OtlpExporter(Collector collector, String service) {
        this.collector = collector;
        this.service = service;
        this.client =
                HttpClient.newBuilder().connectTimeout(collector.patience()).build();
        this.sender = Thread.ofVirtual().name("otlp-" + service).start(this::send);
    }

    @Override
    public void ended(Span span) {
        if (!queue.offer(span)) {
            dropped.incrementAndGet();
        }
    }

    private void send() {
        List<Span> batch = new ArrayList<>(BATCH);
        try {
            while (!closed || !queue.isEmpty()) {
                Span first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    post(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("{}: stops with {} spans unsent", collector, queue.size());
        }
        client.close();
    }

    private void post(List<Span> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(collector.url())
                .timeout(collector.patience())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(batch)))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            collector.silent().set(false);
            if (status / 100 != 2) {
                LOG.warn("{}: {} spans were refused with status {}", collector, batch.size(), status);
            }
        } catch (IOException unreachable) {
            collector.silent().set(true);
            LOG.warn("{}: {} spans are lost: {}", collector, batch.size(), unreachable.toString());
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("{}: {} spans were dropped, because the collector is slower than the calls", collector, lost);
        }
    }

    private String json(List<Span> batch) {
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[" + attribute("service.name", service)
                + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"org.actium.service.tracing\"},\"spans\":["
                + batch.stream().map(OtlpExporter::json).collect(Collectors.joining(",")) + "]}]}]}";
    }

    private static String json(Span span) {
        return "{\"traceId\":\"" + span.context().trace() + "\",\"spanId\":\""
                + span.context().span() + "\""
                + span.parent()
                        .map(parent -> ",\"parentSpanId\":\"" + parent + "\"")
                        .orElse("")
                + ",\"name\":" + quoted(span.name()) + ",\"kind\":2"
                + ",\"startTimeUnixNano\":\"" + nanos(span.start()) + "\",\"endTimeUnixNano\":\""
                + nanos(span.start().plusNanos(span.nanos())) + "\",\"attributes\":["
                + attribute("actium.node", span.node()) + "," + attribute("actium.object", span.object())
                + "],\"status\":{\"code\":" + (span.normally() ? 1 : 2) + "}}";
    }

    private static String nanos(Instant instant) {
        return instant.getEpochSecond() + String.format(Locale.ROOT, "%09d", instant.getNano());
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":" + quoted(value) + "}}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(at -> {
            if (at == '"' || at == '\\') {
                quoted.append('\\').append((char) at);
            } else if (at < ' ') {
                quoted.append(String.format("\\u%04x", at));
            } else {
                quoted.append((char) at);
            }
        });
        return quoted.append('"').toString();
    }

    /**
     * Sends what it has, for no longer than a collector may take to answer; of several that are closed one after the
     * other only the first waits for a collector that does not.
     */
    @Override
    public void close() {
        closed = true;
        try {
            if (!sender.join(collector.silent().get() ? Duration.ZERO : collector.patience())) {
                collector.silent().set(true);
                sender.interrupt();
            }
        } catch (InterruptedException stopped) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
