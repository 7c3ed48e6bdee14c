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
     * @return also if it cannot be activated now, because no installed bundle provides what it asks for; the plan says so
     */
    Plan plan(Descriptor descriptor);

    /**
     * Plans the descriptor and starts what the plan says. Returns when every launch is on its way; use
     * {@link VirtualNode#waitReady} to wait for nodes.
     *
     * @param listener hears of everything that happens to this deployment, in order, on a thread of its own
     * @throws org.actium.deployment.model.DescriptorException as {@link #read}, and with what stands in the way of the
     *     plan; nothing was started then
     * @throws DeploymentException if this runtime is stopping, or accepts no connections from what it would launch;
     *     nothing was started then
     */
    Deployment deploy(DescriptorSource source, DeploymentListener listener);

    /**
     * As {@link #deploy(DescriptorSource, DeploymentListener)}, for a descriptor that was read before, or for some of its
     * virtual nodes: {@code deploy(read(source).only("workers"), listener)}. Each call is a deployment of its own, which
     * shares no runtime with others.
     */
    Deployment deploy(Descriptor descriptor, DeploymentListener listener);

    /**
     * As {@link #deploy(Descriptor, DeploymentListener)}, but starts nothing yet: its virtual nodes are activated one by one
     * with {@link Deployment#activate}. Those that the descriptor maps to the same runtimes share them.
     */
    Deployment prepare(Descriptor descriptor, DeploymentListener listener);

    /** Those that are not undeployed, oldest first. */
    List<Deployment> deployments();

    Optional<Deployment> deployment(String id);
}
