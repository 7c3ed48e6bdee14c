package org.actium.deployment.model;

import java.util.Objects;
import org.actium.runtime.api.Endpoint;

/** The runtime that launched ones do not outlive, in the place of the one that deploys. */
public record LeaseHolder(Endpoint endpoint, SourcePosition at) {

    public LeaseHolder {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(at, "at");
    }
}
