package org.actium.deployment.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What there is to deploy on.
 *
 * @param source the file that describes it
 * @param hosts by id
 * @param branches the ways to hosts, in the order of the document
 * @param acquisitions ways to find runtimes that are already running
 * @param machines virtual machines to start
 */
public record Infrastructure(
        String source,
        Map<String, HostDefinition> hosts,
        List<Branch> branches,
        List<Acquisition> acquisitions,
        List<VirtualMachines> machines,
        SourcePosition at) {

    public Infrastructure {
        Objects.requireNonNull(source, "source");
        hosts = Ordered.copyOf(hosts);
        branches = List.copyOf(branches);
        acquisitions = List.copyOf(acquisitions);
        machines = List.copyOf(machines);
        Objects.requireNonNull(at, "at");
    }
}
