package org.actium.service.api;

import java.io.Serializable;
import java.util.List;

/**
 * What changing a bundle touches, in its container and on the runtimes that get it from there.
 *
 * @param refreshed symbolic names of the bundles that the framework stops, itself included, and starts again if they can
 * @param interrupted symbolic names of other bundles, whose components stop until a service they cannot do without is back
 * @param objects active objects that would be lost, as {@code name (class) on node}: their classes come from refreshed
 *     bundles, or what runs them is among those that stop
 * @param nodes nodes that have technical services from any of these bundles, as {@code node: services}; the services are
 *     removed, and applied again once their bundles are back
 * @param stripped those of these nodes on which they are not applied again, because what applies them stops too
 * @param deployments ids of the deployments that have any of these objects or nodes, or that would be undeployed
 * @param undeployed ids of the deployments that end, because what made them stops
 * @param foreign nodes that use the bundle itself and that other runtimes deployed, as {@code node: services, deployed by
 *     runtime}: it is not updated under them, with or without force
 */
public record BundleImpact(
        List<String> refreshed,
        List<String> interrupted,
        List<String> objects,
        List<String> nodes,
        List<String> stripped,
        List<String> deployments,
        List<String> undeployed,
        List<String> foreign)
        implements Serializable {

    public BundleImpact {
        refreshed = List.copyOf(refreshed);
        interrupted = List.copyOf(interrupted);
        objects = List.copyOf(objects);
        nodes = List.copyOf(nodes);
        stripped = List.copyOf(stripped);
        deployments = List.copyOf(deployments);
        undeployed = List.copyOf(undeployed);
        foreign = List.copyOf(foreign);
    }

    /** Of bundles that no nodes of other runtimes use. */
    public BundleImpact(
            List<String> refreshed,
            List<String> interrupted,
            List<String> objects,
            List<String> nodes,
            List<String> stripped,
            List<String> deployments,
            List<String> undeployed) {
        this(refreshed, interrupted, objects, nodes, stripped, deployments, undeployed, List.of());
    }

    /** Of bundles that nothing but technical services and classes come from. */
    public BundleImpact(List<String> refreshed, List<String> objects, List<String> nodes, List<String> deployments) {
        this(refreshed, List.of(), objects, nodes, List.of(), deployments, List.of());
    }

    /** Whether all that lives on these bundles lives on, or comes back. */
    public boolean losesNothing() {
        return objects.isEmpty() && stripped.isEmpty() && undeployed.isEmpty();
    }

    public BundleImpact withRefreshed(List<String> bundles) {
        return new BundleImpact(bundles, interrupted, objects, nodes, stripped, deployments, undeployed, foreign);
    }

    public BundleImpact withForeign(List<String> others) {
        return new BundleImpact(refreshed, interrupted, objects, nodes, stripped, deployments, undeployed, others);
    }
}
