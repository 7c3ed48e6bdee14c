package org.actium.service.api;

import java.io.Serializable;
import java.util.List;

/**
 * What changing a bundle touches, in its container and on the runtimes that get it from there.
 *
 * @param refreshed symbolic names of the bundles that stop and start again, itself included
 * @param objects active objects whose classes come from them, as {@code name (class) on node}; they would be lost
 * @param nodes nodes that have technical services from them, as {@code node: services}; those are removed and applied again
 * @param deployments ids of the deployments that have any of these objects or nodes
 */
public record BundleImpact(List<String> refreshed, List<String> objects, List<String> nodes, List<String> deployments)
        implements Serializable {

    public BundleImpact {
        refreshed = List.copyOf(refreshed);
        objects = List.copyOf(objects);
        nodes = List.copyOf(nodes);
        deployments = List.copyOf(deployments);
    }
}
