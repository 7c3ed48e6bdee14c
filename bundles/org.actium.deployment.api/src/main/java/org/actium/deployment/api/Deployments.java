package org.actium.deployment.api;

import java.util.List;
import java.util.Optional;
import org.actium.deployment.model.Descriptor;
import org.osgi.annotation.versioning.ProviderType;

/** Reads, plans and activates descriptors, and knows the deployments of this runtime. */
@ProviderType
public interface Deployments {

    /**
     * Reads and resolves a descriptor. Starts nothing, loads no class.
     *
     * @throws org.actium.deployment.model.DescriptorException with every problem, each with its place
     * @throws DeploymentException if no installed bundle reads descriptors
     */
    Descriptor read(DescriptorSource source);

    /**
     * What activating it would do: launches, acquisitions, technical services in order. Starts nothing.
     *
     * @throws org.actium.deployment.model.DescriptorException also if no installed bundle provides what it asks for
     */
    Plan plan(Descriptor descriptor);

    /**
     * Plans the descriptor and starts what the plan says. Returns when every launch is on its way; use
     * {@link VirtualNode#waitReady} to wait for nodes.
     *
     * @param listener hears of everything that happens to this deployment, in order, on a thread of its own
     * @throws org.actium.deployment.model.DescriptorException as {@link #plan}; nothing was started then
     * @throws DeploymentException if this runtime is stopping, or accepts no connections from what it would launch;
     *     nothing was started then
     */
    Deployment deploy(DescriptorSource source, DeploymentListener listener);

    /** Those that are not undeployed, oldest first. */
    List<Deployment> deployments();

    Optional<Deployment> deployment(String id);
}
