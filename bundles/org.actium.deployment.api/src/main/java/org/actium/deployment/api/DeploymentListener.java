package org.actium.deployment.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what happens to a deployment, one event at a time and in order. */
@ConsumerType
@FunctionalInterface
public interface DeploymentListener {

    /** Ignores everything. */
    DeploymentListener NONE = event -> {};

    void happened(DeploymentEvent event);
}
