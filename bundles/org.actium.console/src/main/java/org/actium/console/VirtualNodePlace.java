package org.actium.console;

import java.util.List;
import java.util.stream.Collectors;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.service.api.ServiceUse;

/** A virtual node as people name it: {@code workers}, or {@code d1/workers} where several deployments have one. */
record VirtualNodePlace(Deployment deployment, VirtualNode node) {

    /** @throws IllegalArgumentException if there is none, or several; names them */
    static VirtualNodePlace find(Deployments deployments, String name) {
        List<VirtualNodePlace> all = deployments.deployments().stream()
                .flatMap(deployment ->
                        deployment.virtualNodes().stream().map(node -> new VirtualNodePlace(deployment, node)))
                .toList();
        List<VirtualNodePlace> found = all.stream()
                .filter(place ->
                        place.node.name().equals(name) || place.toString().equals(name))
                .toList();
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 -> throw new IllegalArgumentException("there is no virtual node '" + name + "' here" + those(all));
            default ->
                throw new IllegalArgumentException(
                        "several deployments have a virtual node '" + name + "'; say which" + those(found));
        };
    }

    private static String those(List<VirtualNodePlace> places) {
        return places.isEmpty()
                ? ""
                : ": " + places.stream().map(VirtualNodePlace::toString).collect(Collectors.joining(", "));
    }

    String summary() {
        List<ServiceUse> services = node.services();
        return this + " has " + node.nodes().size() + " nodes with "
                + (services.isEmpty()
                        ? "no technical services"
                        : "technical services "
                                + services.stream().map(ServiceUse::id).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return deployment.id() + "/" + node.name();
    }
}
