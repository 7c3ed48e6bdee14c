package org.actium.service.accesslog;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.actium.object.api.BodyId;
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
 * One line for each request that an object of the node has served, at level INFO of the logger {@code org.actium.access}:
 * node, caller, object, method, how it ended, how long it took. Argument {@code method} keeps it to methods whose names
 * begin so.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "access-log")
public final class AccessLog implements TechnicalService {

    private final Time time;
    private final Consumer<String> lines;
    private String method = "";

    @Activate
    public AccessLog(@Reference Time time) {
        this(time, toLog());
    }

    private static Consumer<String> toLog() {
        Logger log = LoggerFactory.getLogger("org.actium.access");
        return log::info;
    }

    AccessLog(Time time, Consumer<String> lines) {
        this.time = Objects.requireNonNull(time, "time");
        this.lines = Objects.requireNonNull(lines, "lines");
    }

    @Override
    public void init(Map<String, String> arguments) {
        method = arguments.getOrDefault("method", "");
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.intercept(new Writer(node.name()));
    }

    private final class Writer implements MessageInterceptor {

        private final String node;
        private final Begun<Long> begun = new Begun<>(); // when

        Writer(String node) {
            this.node = node;
        }

        @Override
        public void serving(RequestView request) {
            if (request.signature().startsWith(method)) {
                begun.begin(request, time.nanos());
            }
        }

        @Override
        public void served(RequestView request, boolean normally) {
            begun.end(request)
                    .ifPresent(nanos -> lines.accept(node + " "
                            + request.sender().map(BodyId::toString).orElse("-") + " " + request.target() + " "
                            + request.signature() + " " + (normally ? "ok" : "failed") + " "
                            + (time.nanos() - nanos) / 1000 + "us"));
        }
    }
}
