package org.actium.deployment.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what happens to every deployment of a runtime. Offer it as a service: it is told all that has happened to those there
 * are, from their beginnings, and to those that come, until the service goes.
 */
@ConsumerType
@FunctionalInterface
public interface DeploymentsListener {

    /**
     * Called for each event once. Those of one deployment come in order and one at a time, on a thread of their own; those of
     * several may come at the same time. Whoever takes time delays nobody else.
     */
    void happened(Deployment deployment, DeploymentEvent event);
}
