package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.actium.service.api.ServiceUse;

/**
 * A node provider that a virtual node takes nodes from.
 *
 * @param provider key in {@link Descriptor#nodeProviders()}
 * @param capacity at least this many nodes come from it
 * @param services technical services of nodes that come from it
 */
public record ProviderUse(String provider, OptionalInt capacity, List<ServiceUse> services, SourcePosition at) {

    public ProviderUse {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(capacity, "capacity");
        services = List.copyOf(services);
        Objects.requireNonNull(at, "at");
    }
}
