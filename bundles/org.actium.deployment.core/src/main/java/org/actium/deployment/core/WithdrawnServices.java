package org.actium.deployment.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who deployed nodes on this runtime which technical services these lack, because a bundle was stopped or
 * uninstalled here, and that they have them again. Who cannot be told at once hears of it when the link is back.
 * Nodes that are older than this are told of in any case: what was said of them before is not known.
 *
 * <p>Whatever happens, all is looked at again and compared with what was told, by one thread at a time.
 */
@Component(service = WithdrawnServices.class, immediate = true)
public final class WithdrawnServices implements LinkListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WithdrawnServices.class);

    private final ActiumRuntime runtime;
    private final TechnicalServices services;
    private final Links links;
    private final RemoteObjects remoteObjects;
    private final Threads threads;
    private final List<Registration> registrations;
    private final AtomicInteger occasions = new AtomicInteger(); // since somebody began to look; 0 while nobody does
    private final Map<Place, Map<String, String>> told = new HashMap<>(); // only of who looks
    private final Set<Place> older; // only of who looks; those of which nothing was told yet

    /** A node in the place that it has for who deployed it. */
    private record Place(ServiceGroup group, String node) {}

    @Activate
    public WithdrawnServices(
            @Reference ActiumRuntime runtime,
            @Reference TechnicalServices services,
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference Threads threads) {
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.services = Objects.requireNonNull(services, "services");
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.older = runtime.nodes().stream()
                .flatMap(node -> services.groups(node).stream()
                        .flatMap(group -> ServiceGroup.of(group).stream())
                        .map(group -> new Place(group, node.name())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        this.registrations = List.of(services.whenChanged(this::look), links.listen(this));
        if (!older.isEmpty()) {
            look();
        }
    }

    @Override
    @Deactivate
    public void close() {
        registrations.forEach(Registration::close);
    }

    @Override
    public void opened(Link link, Optional<String> tokenId) {
        look();
    }

    private void look() {
        if (occasions.getAndIncrement() == 0) {
            threads.run(this::tellAll);
        }
    }

    private void tellAll() {
        int seen;
        do {
            seen = occasions.get();
            try {
                Map<Place, Map<String, String>> lacking = lacking();
                Set<Place> places = new LinkedHashSet<>(lacking.keySet());
                places.addAll(told.keySet());
                places.addAll(older);
                places.forEach(place -> tell(place, lacking.getOrDefault(place, Map.of())));
            } catch (RuntimeException | LinkageError failed) {
                LOG.error("runtime {} does not know which technical services its nodes lack", runtime.name(), failed);
            }
        } while (!occasions.compareAndSet(seen, 0));
    }

    private Map<Place, Map<String, String>> lacking() {
        Map<Place, Map<String, String>> lacking = new LinkedHashMap<>();
        for (Node node : runtime.nodes()) {
            services.withdrawn(node)
                    .forEach((group, uses) -> ServiceGroup.of(group).ifPresent(found -> {
                        Map<String, String> reasons = new LinkedHashMap<>();
                        uses.forEach(use -> reasons.put(use.id(), reason(use, found.deployer())));
                        lacking.put(new Place(found, node.name()), reasons);
                    }));
        }
        return lacking;
    }

    private String reason(ServiceUse use, RuntimeId deployer) {
        String here = " on runtime " + runtime.name();
        if (services.offers().stream().anyMatch(offer -> offer.answersTo(use.service()))) {
            return "is missing, because it cannot be applied again" + here
                    + ", whose log says why, or lacks what it requires";
        }
        return services.stopped(use.service())
                .map(bundle -> "is missing, because bundle " + bundle + " is stopped" + here
                        + "; start it there with actium:bundle-start " + bundle
                        + (deployer.equals(runtime.id())
                                ? ""
                                : ", or, if it has no console, remove the service from the virtual node and apply it"
                                        + " again, which starts it"))
                .orElseGet(() -> "is missing, because no bundle" + here + " offers '" + use.service()
                        + "' any more; install it there, or remove the service from the virtual node");
    }

    private void tell(Place place, Map<String, String> lacking) {
        if (!older.contains(place) && lacking.equals(told.getOrDefault(place, Map.of()))) {
            return;
        }
        ServiceGroup group = place.group();
        address(group.deployer()).ifPresent(deployer -> {
            try {
                remoteObjects
                        .at(deployer, ServiceNews.class, ServiceNews.NAME)
                        .lacking(group.deployment(), group.virtualNode(), place.node(), new LinkedHashMap<>(lacking));
                older.remove(place);
                if (lacking.isEmpty()) {
                    told.remove(place);
                } else {
                    told.put(place, lacking);
                }
            } catch (RemotingException silent) {
                LOG.debug("runtime {} does not hear what node {} lacks", deployer, place.node(), silent);
            } catch (RuntimeException | LinkageError failed) { // which the others should not suffer from
                LOG.error("runtime {} cannot be told what node {} lacks", deployer, place.node(), failed);
            }
        });
    }

    /** Empty while there is no link: of one that has gone for good, nothing is left here soon. */
    private Optional<RuntimeAddress> address(RuntimeId deployer) {
        return deployer.equals(runtime.id())
                ? Optional.of(links.self())
                : links.existing(deployer).map(Link::peer);
    }
}
