package org.actium.service.metrics;

import java.util.Objects;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
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

/** Counts and times what the objects of a node are asked for, by method; {@code actium:metrics} shows it. */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "metrics")
public final class CallMetrics implements TechnicalService {

    private final MeterTable meters;
    private final Time time;

    @Activate
    public CallMetrics(@Reference MeterTable meters, @Reference Time time) {
        this.meters = Objects.requireNonNull(meters, "meters");
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.intercept(new Counting(contributions.run(meters.open(node.name()))));
    }

    private final class Counting implements MessageInterceptor {

        private final NodeMeters node;
        private final Begun<Long> begun = new Begun<>(); // when

        Counting(NodeMeters node) {
            this.node = node;
        }

        @Override
        public void departing(RequestView request) {
            node.of(request.signature()).sent();
        }

        @Override
        public Verdict arriving(RequestView request) {
            node.of(request.signature()).arrived();
            return Verdict.DELIVER;
        }

        @Override
        public void serving(RequestView request) {
            begun.begin(request, time.nanos());
        }

        @Override
        public void served(RequestView request, boolean normally) {
            begun.end(request).ifPresent(nanos -> node.of(request.signature()).served(time.nanos() - nanos, normally));
        }
    }
}
