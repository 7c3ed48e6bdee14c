package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The way to one host, or to the hosts of one group.
 *
 * @param through bridges from the outside to the inside, then the group if there is one; each without its next steps
 * @param hosts how many hosts are at its end; empty if nobody can say before
 */
public record Branch(List<Launch> through, HostDefinition host, OptionalInt hosts, SourcePosition at) {

    public Branch {
        through = List.copyOf(through);
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(hosts, "hosts");
        Objects.requireNonNull(at, "at");
    }
}
