package org.actium.service.tracing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Time;
import org.actium.service.api.Begun;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what calls cause: each request carries the trace it belongs to, as the text of a {@code traceparent} header
 * (W3C Trace Context), and the service of each request is a span of it. A request that carries none begins a trace.
 *
 * <p>Spans are logged at level DEBUG, or sent to an OpenTelemetry collector if argument {@code otlp} names one. Argument
 * {@code sample} says which part of the traces that begin here is looked at, from 0 to 1.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "tracing")
public final class Tracing implements TechnicalService {

    static final String TAG = "traceparent";

    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    private final Time time;
    private final RandomGenerator random;
    private Optional<OtlpExporter.Collector> collector = Optional.empty();
    private double sample = 1;

    @Activate
    public Tracing(@Reference Time time) {
        this(time, new SecureRandom());
    }

    Tracing(Time time, RandomGenerator random) {
        this.time = Objects.requireNonNull(time, "time");
        this.random = Objects.requireNonNull(random, "random");
    }

    @Override
    public void init(Map<String, String> arguments) {
        collector = Optional.ofNullable(arguments.get("otlp"))
                .map(Tracing::collector)
                .map(OtlpExporter.Collector::new);
        sample = part(arguments.getOrDefault("sample", "1"));
    }

    private static URI collector(String text) {
        URI uri = URI.create(text);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException("argument 'otlp' is '" + text
                    + "', which is not the URL of a collector, such as http://127.0.0.1:4318/v1/traces");
        }
        return uri;
    }

    private static double part(String text) {
        try {
            double part = Double.parseDouble(text);
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException("argument 'sample' is '" + text + "', which is not a number from 0 to 1");
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        SpanSink sink = collector
                .<SpanSink>map(where -> new OtlpExporter(where, node.name()))
                .orElse(span -> LOG.debug("{}", span));
        contributions.intercept(new Follower(node.name(), contributions.run(sink)));
    }

    private final class Follower implements MessageInterceptor {

        private final String node;
        private final SpanSink sink;
        private final Begun<Started> begun = new Begun<>();

        private record Started(TraceContext context, Optional<String> parent, Instant start, long nanos) {}

        Follower(String node, SpanSink sink) {
            this.node = node;
            this.sink = sink;
        }

        @Override
        public void departing(RequestView request) {
            begun.innermost()
                    .ifPresent(current ->
                            request.attach(TAG, current.context().toString().getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void serving(RequestView request) {
            Optional<TraceContext> caller = request.attachment(TAG)
                    .flatMap(bytes -> TraceContext.parse(new String(bytes, StandardCharsets.US_ASCII)));
            TraceContext context = caller.map(from -> from.child(random))
                    .orElseGet(() -> TraceContext.root(random, random.nextDouble() < sample));
            begun.begin(request, new Started(context, caller.map(TraceContext::span), time.instant(), time.nanos()));
        }

        @Override
        public void served(RequestView request, boolean normally) {
            begun.end(request).filter(last -> last.context().sampled()).ifPresent(last -> {
                sink.ended(new Span(
                        last.context(),
                        last.parent(),
                        request.signature(),
                        node,
                        request.target().toString(),
                        last.start(),
                        time.nanos() - last.nanos(),
                        normally));
            });
        }
    }
}
