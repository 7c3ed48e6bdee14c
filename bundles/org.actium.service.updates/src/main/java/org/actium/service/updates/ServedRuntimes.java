package org.actium.service.updates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.NodeHandles;
import org.actium.service.api.Offer;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/** The other runtimes on which nodes of deployments of this one have technical services of a bundle. */
final class ServedRuntimes {

    private final Deployments deployments;
    private final NodeHandles handles;
    private final TechnicalServices services;
    private final RuntimeId self;

    ServedRuntimes(Deployments deployments, NodeHandles handles, TechnicalServices services, RuntimeId self) {
        this.deployments = deployments;
        this.handles = handles;
        this.services = services;
        this.self = self;
    }

    /** @return with the ids of their deployments */
    Map<RuntimeAddress, Set<String>> of(Bundle bundle) {
        Map<RuntimeAddress, Set<String>> served = new LinkedHashMap<>();
        for (Deployment deployment : deployments.deployments()) {
            deployment.virtualNodes().stream()
                    .filter(virtualNode -> hasServiceOf(bundle, virtualNode))
                    .flatMap(virtualNode -> virtualNode.nodes().stream())
                    .filter(node -> !node.runtime().equals(self))
                    .forEach(node -> served.merge(address(node), Set.of(deployment.id()), ServedRuntimes::both));
        }
        return served;
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }

    private RuntimeAddress address(Node node) {
        return handles.ref(node).runtime();
    }

    /** Also while it is stopped, as far as it says what it offers. */
    private boolean hasServiceOf(Bundle bundle, VirtualNode virtualNode) {
        List<String> offered = bundle.adapt(BundleRevision.class).getDeclaredCapabilities(Offer.NAMESPACE).stream()
                .map(capability -> capability.getAttributes().get(Offer.NAMESPACE))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        List<ServiceOffer> registered = services.offers().stream()
                .filter(offer -> offer.bundle().equals(bundle.getSymbolicName()))
                .toList();
        return virtualNode.services().stream()
                .map(ServiceUse::service)
                .anyMatch(service ->
                        offered.contains(service) || registered.stream().anyMatch(offer -> offer.answersTo(service)));
    }
}
