package org.actium.ft.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.actium.ft.store.api.StoreSource;
import org.actium.object.spi.RecoverableBodies;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The recoverable active objects of a container, and its calls to those of others. The server is the one that a descriptor
 * names, or that of the container which deployed this one; one that has a store asks itself.
 */
@Component(service = Protection.class, immediate = true)
public final class Protection implements AutoCloseable {

    private static final String OWN = "own";
    private static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ChosenServer server;
    private final RecoverableActiveObjects objects;
    private final Registration listening;
    private final RemoteObjects remoteObjects;

    @Activate
    public Protection(
            BundleContext context,
            @Reference ActiumRuntime runtime,
            @Reference RecoverableBodies bodies,
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference Time time,
            @Reference Threads threads,
            @Reference(target = "(actium.port=system)") RandomGenerator random,
            @Reference OfferedServer offered,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<StoreSource> store) {
        this(
                Optional.ofNullable(context.getProperty("actium.parent"))
                        .filter(parent -> !OWN.equals(context.getProperty("actium.ft.run"))),
                store.isPresent(),
                runtime,
                bodies,
                links,
                remoteObjects,
                new Ports(time, threads, random),
                store.isPresent() ? offered::follow : (nobodyLooks, run) -> {});
    }

    /**
     * @param parent {@code host:port} of the container whose run this one is of, empty for a run of its own; several, with
     *     commas between, if nobody knows by which of them it is reached
     * @param decides whether this container says which server there is, and not the parent
     * @param following told where the server is if that is elsewhere, and of which run this container is
     */
    Protection(
            Optional<String> parent,
            boolean decides,
            ActiumRuntime runtime,
            RecoverableBodies bodies,
            Links links,
            RemoteObjects remoteObjects,
            Ports ports,
            BiConsumer<Supplier<RuntimeAddress>, String> following) {
        this.remoteObjects = remoteObjects;
        this.server = new ChosenServer(
                parent.filter(asked -> !decides),
                parent,
                links,
                remoteObjects,
                elsewhere -> following.accept(elsewhere, run()));
        this.objects = new RecoverableActiveObjects(
                bodies,
                new RecoverableObjects.Ports(links.self(), remoteObjects, server, server::run, ports),
                new RecoverableActiveObjects.Hosting(node -> false, Optional.empty(), server::parent),
                SETTINGS);
        this.listening = runtime.listen(objects);
    }

    private String run() {
        return server.run();
    }

    /**
     * Objects that are created on that node from now on are recoverable, and others are recovered there.
     *
     * @param named URL of the server; empty for that of the application, whichever it is
     * @throws IllegalStateException if it cannot be used: nothing is to be unprotected unnoticed
     */
    void protect(Node node, Duration ttc, Optional<String> named) {
        try {
            RuntimeAddress address = server.server(named);
            remoteObjects
                    .at(address, RecoveryServer.class, RecoveryServer.NAME)
                    .beat(objects.residence(), false, Map.of()); // opens its store
        } catch (RuntimeException none) {
            throw new IllegalStateException(
                    "node " + node.name() + " cannot be made fault-tolerant: " + none.getMessage(), none);
        }
        objects.protect(node, ttc);
    }

    /** Nothing that is created on that node from now on is recoverable, and nothing is recovered there; what is there is. */
    void leave(Node node) {
        objects.leave(node);
    }

    @Override
    @Deactivate
    public void close() {
        listening.close();
        objects.close();
        server.close();
    }
}
