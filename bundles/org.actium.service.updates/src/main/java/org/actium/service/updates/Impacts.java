package org.actium.service.updates;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.ObjectHandles;
import org.actium.remote.api.Links;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What lives on the bundles of this runtime. */
@Component(service = Impacts.class)
public final class Impacts implements AutoCloseable {

    private final ActiveObjects objects;
    private final ObjectHandles handles;
    private final ActiumRuntime runtime;
    private final TechnicalServices services;
    private final Deployments deployments;
    private final Links links;
    private final OutgoingClasses outgoing = new OutgoingClasses();
    private final Registration guard;

    @Activate
    public Impacts(
            @Reference ActiveObjects objects,
            @Reference ObjectHandles handles,
            @Reference ActiumRuntime runtime,
            @Reference TechnicalServices services,
            @Reference Deployments deployments,
            @Reference Links links) {
        this.objects = Objects.requireNonNull(objects, "objects");
        this.handles = Objects.requireNonNull(handles, "handles");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.services = Objects.requireNonNull(services, "services");
        this.deployments = Objects.requireNonNull(deployments, "deployments");
        this.links = Objects.requireNonNull(links, "links");
        this.guard = handles.guard(outgoing);
    }

    @Override
    @Deactivate
    public void close() {
        guard.close();
    }

    /**
     * Until it is closed, and of classes that have gone by then also later, no active object begins that would be lost: what
     * {@link #of} finds after this is all there will be.
     */
    Registration hold(Touched touched) {
        return runsThemAll(touched)
                ? outgoing.holdAll(FrameworkUtil.getBundle(objects.getClass()).getSymbolicName())
                : outgoing.hold(touched.refreshed());
    }

    /** All that would be without its classes, or without the services that it works with. */
    BundleImpact of(Touched touched) {
        List<Bundle> bundles = touched.all();
        List<ObjectInfo> lost = lost(touched);
        Map<Node, List<ServiceUse>> served = servedBy(bundles);
        List<String> undeployed = isFrom(bundles, deployments.getClass()) ? deployed(deployment -> true) : List.of();
        Set<String> places = new HashSet<>(lost.stream().map(ObjectInfo::node).toList());
        served.keySet().forEach(node -> places.add(node.name()));
        Set<String> deployed = new LinkedHashSet<>(undeployed);
        deployed.addAll(deployed(deployment -> hasNode(deployment, places)));
        List<String> nodes = served.entrySet().stream()
                .map(entry -> entry.getKey().name() + ": "
                        + entry.getValue().stream().map(ServiceUse::id).collect(Collectors.joining(", ")))
                .toList();
        return new BundleImpact(
                Touched.names(touched.refreshed()),
                Touched.names(touched.interrupted()),
                lost.stream()
                        .map(object -> object.name() + " (" + object.type() + ") on " + object.node())
                        .sorted()
                        .toList(),
                nodes,
                isFrom(bundles, services.getClass()) ? nodes : List.of(),
                List.copyOf(deployed),
                undeployed);
    }

    /** All, if who runs them stops; else those whose classes would be others. */
    private List<ObjectInfo> lost(Touched touched) {
        boolean everything = runsThemAll(touched);
        return objects.objects().stream()
                .filter(object -> everything
                        || handles.here(object.id())
                                .filter(local -> isFrom(touched.refreshed(), local.type()))
                                .isPresent())
                .toList();
    }

    private boolean runsThemAll(Touched touched) {
        return isFrom(touched.all(), objects.getClass());
    }

    private List<String> deployed(Predicate<Deployment> which) {
        return deployments.deployments().stream()
                .filter(which)
                .map(Deployment::id)
                .toList();
    }

    /** What is touched here and on others, with the ids of the deployments that have nodes there. */
    static BundleImpact together(BundleImpact here, Map<String, BundleImpact> there, Set<String> ids) {
        Set<String> refreshed = new TreeSet<>(here.refreshed());
        Set<String> interrupted = new TreeSet<>(here.interrupted());
        List<String> lost = new ArrayList<>(here.objects());
        List<String> nodes = new ArrayList<>(here.nodes());
        List<String> stripped = new ArrayList<>(here.stripped());
        List<String> undeployed = new ArrayList<>(here.undeployed());
        List<String> foreign = new ArrayList<>(here.foreign());
        Set<String> touched = new LinkedHashSet<>(here.deployments());
        ids.stream().sorted().forEach(touched::add);
        there.forEach((runtime, impact) -> {
            refreshed.addAll(impact.refreshed());
            interrupted.addAll(impact.interrupted());
            impact.objects().forEach(object -> lost.add(object + " of " + runtime));
            impact.nodes().forEach(node -> nodes.add(runtime + ", " + node));
            impact.stripped().forEach(node -> stripped.add(runtime + ", " + node));
            impact.deployments().forEach(deployment -> touched.add(deployment + " of " + runtime));
            impact.undeployed().forEach(deployment -> undeployed.add(deployment + " of " + runtime));
            impact.foreign().forEach(node -> foreign.add(runtime + ", " + node));
        });
        return new BundleImpact(
                List.copyOf(refreshed),
                List.copyOf(interrupted),
                lost,
                nodes,
                stripped,
                List.copyOf(touched),
                undeployed,
                foreign);
    }

    /** What nodes of this runtime are to have again after a change; nothing if who would see to it is changed itself. */
    Map<Node, List<ServiceUse>> toReturn(Touched touched) {
        return isFrom(touched.all(), services.getClass()) ? Map.of() : servedBy(touched.all());
    }

    /** Nodes of this runtime with technical services that these bundles offer, or that they apply. */
    private Map<Node, List<ServiceUse>> servedBy(List<Bundle> touched) {
        boolean everything = isFrom(touched, services.getClass());
        Set<String> bundles = touched.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
        Map<Node, List<ServiceUse>> served = new LinkedHashMap<>();
        for (Node node : runtime.nodes()) {
            List<ServiceUse> uses = services.applied(node).stream()
                    .filter(use -> everything
                            || services.offer(use.service())
                                    .map(ServiceOffer::bundle)
                                    .filter(bundles::contains)
                                    .isPresent())
                    .toList();
            if (!uses.isEmpty()) {
                served.put(node, uses);
            }
        }
        return served;
    }

    /** Who deployed nodes with technical services or active objects of the bundle. */
    Set<RuntimeId> users(Bundle bundle) {
        return using(List.of(bundle)).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** The nodes that users other than this one deployed, as long as they are linked: others have none any more. */
    List<String> foreign(List<Bundle> bundles, RuntimeId user) {
        Map<Node, List<ServiceUse>> served = servedBy(bundles);
        List<String> foreign = new ArrayList<>();
        using(bundles)
                .forEach((node, deployers) -> deployers.stream()
                        .filter(deployer -> !deployer.equals(user))
                        .flatMap(deployer -> name(deployer).stream())
                        .sorted()
                        .forEach(deployer -> foreign.add(node.name()
                                + served.getOrDefault(node, List.of()).stream()
                                        .map(ServiceUse::id)
                                        .collect(Collectors.collectingAndThen(
                                                Collectors.joining(", "), uses -> uses.isEmpty() ? "" : ": " + uses))
                                + ", deployed by " + deployer)));
        return foreign;
    }

    private Optional<String> name(RuntimeId deployer) {
        return deployer.equals(runtime.id())
                ? Optional.of(runtime.name())
                : links.existing(deployer).map(link -> link.peer().name());
    }

    /** Nodes with technical services or active objects of these, and who deployed them. */
    private Map<Node, Set<RuntimeId>> using(List<Bundle> bundles) {
        Set<Node> served = servedBy(bundles).keySet();
        Set<String> places = lost(new Touched(Set.copyOf(bundles), Set.of())).stream()
                .map(ObjectInfo::node)
                .collect(Collectors.toSet());
        Map<Node, Set<RuntimeId>> using = new LinkedHashMap<>();
        runtime.nodes().stream()
                .filter(node -> served.contains(node) || places.contains(node.name()))
                .forEach(node -> using.put(node, deployers(node)));
        return using;
    }

    private Set<RuntimeId> deployers(Node node) {
        return services.groups(node).stream()
                .flatMap(group -> ServiceGroup.deployer(group).stream())
                .collect(Collectors.toSet());
    }

    /** What a new version could not do for a node that the one before has served. */
    Optional<String> missing(Map<Node, List<ServiceUse>> served) {
        return served.entrySet().stream()
                .filter(entry -> runtime.nodes().contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream()
                        .filter(use -> !services.applied(entry.getKey()).contains(use))
                        .map(use -> "its technical service '" + use.id() + "' cannot be applied again to node '"
                                + entry.getKey().name() + "', as the log of runtime " + runtime.name() + " says"))
                .findFirst();
    }

    private boolean hasNode(Deployment deployment, Set<String> places) {
        return deployment.virtualNodes().stream()
                .flatMap(virtualNode -> virtualNode.nodes().stream())
                .anyMatch(node -> node.runtime().equals(runtime.id()) && places.contains(node.name()));
    }

    private static boolean isFrom(Collection<Bundle> bundles, Class<?> type) {
        return Optional.ofNullable(FrameworkUtil.getBundle(type))
                .filter(bundles::contains)
                .isPresent();
    }
}
