package org.actium.logging;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/**
 * Sends the log of a runtime that has a parent to that parent. What is logged before it has joined is sent then. On a
 * runtime without a parent, or whose log cannot be listened to, it does nothing.
 */
@Component(
        service = {},
        immediate = true)
public final class LogForwarder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogForwarder.class);

    private static final String LEVEL = "actium.log.forward";
    private static final String OFF = "off";
    private static final String PER_SECOND = "actium.log.forward.perSecond";
    private static final String KEPT = "actium.log.forward.kept";

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final Optional<LogForwarding> forwarding;
    private final Runnable untap;

    /** @param log begins to hand what is logged to a listener; what it answers with ends that */
    @Activate
    public LogForwarder(
            BundleContext context,
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference Time time,
            @Reference(target = "(actium.log=events)") @SuppressWarnings("rawtypes") Optional<Function> log) {
        this.links = links;
        this.remoteObjects = remoteObjects;
        String level = property(context, LEVEL, "info");
        if (context.getProperty("actium.parent") == null || log.isEmpty() || level.equals(OFF)) {
            this.forwarding = Optional.empty();
            this.untap = () -> {};
        } else {
            LogForwarding begun = new LogForwarding(links.self().name(), settings(context, level), time);
            this.forwarding = Optional.of(begun);
            this.untap = tap(log.get(), begun::logged);
        }
    }

    @SuppressWarnings("unchecked") // a service with that property is such a function; nothing could check it
    private static Runnable tap(Function<?, ?> log, Consumer<LoggingEvent> listener) {
        return ((Function<Consumer<LoggingEvent>, Runnable>) log).apply(listener);
    }

    private static LogForwarding.Settings settings(BundleContext context, String level) {
        try {
            return new LogForwarding.Settings(
                    Level.valueOf(level.toUpperCase(Locale.ROOT)),
                    Integer.parseInt(property(context, PER_SECOND, "200")),
                    Integer.parseInt(property(context, KEPT, "1000")));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    LEVEL + " is a level or off, " + PER_SECOND + " and " + KEPT + " are numbers from 1: "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    private static String property(BundleContext context, String key, String otherwise) {
        return Optional.ofNullable(context.getProperty(key)).orElse(otherwise);
    }

    /** @param parent says where it was reached */
    @Reference(
            target = "(actium.event=joined)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    void bindParent(Supplier<?> parent) {
        forwarding.ifPresent(begun -> connect(begun, String.valueOf(parent.get())));
    }

    void unbindParent(Supplier<?> parent) {
        LOG.debug("{} is no longer announced as parent; records go there all the same", parent);
    }

    private void connect(LogForwarding begun, String parent) {
        try {
            begun.to(new LogsOfParent(Endpoint.parse(parent), links, remoteObjects));
        } catch (IllegalArgumentException wrong) {
            LOG.warn("the log of this runtime does not reach its parent: {}", wrong.getMessage());
        }
    }

    @Override
    @Deactivate
    public void close() {
        untap.run();
        forwarding.ifPresent(LogForwarding::close);
    }
}
