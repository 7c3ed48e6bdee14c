package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;

/**
 * A source of nodes.
 *
 * @param deployments what each of its files, or the resources in it, describe
 */
public record NodeProvider(String id, List<Infrastructure> deployments, SourcePosition at) {

    public NodeProvider {
        Objects.requireNonNull(id, "id");
        deployments = List.copyOf(deployments);
        Objects.requireNonNull(at, "at");
    }
}
