package org.actium.deployment.api;

import java.time.Duration;
import java.util.List;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.osgi.annotation.versioning.ProviderType;

/** A name in an application, with the nodes that a deployment gave it. Any thread may call any method. */
@ProviderType
public interface VirtualNode {

    String name();

    /** How many nodes the descriptor promises; those that take whatever comes promise none. */
    int expected();

    /** The nodes it has now, in the order of the descriptor, whichever came first. Those that were lost are not among them. */
    List<Node> nodes();

    /**
     * Whether it has its nodes, with all technical services applied; one that takes whatever comes is ready with its
     * first. Once ready it stays so until it is undeployed, even if nodes are lost.
     */
    boolean isReady();

    /**
     * Blocks until it is ready, at most for the time-out of its descriptor counted from activation; fails as soon as it
     * is clear that it will not be. An interrupt ends the wait with a {@link java.util.concurrent.CancellationException}
     * and leaves the thread interrupted.
     *
     * @return its nodes
     * @throws NodesMissingException if it does not become ready: what is missing, and why
     * @throws DeploymentException if it is undeployed, or not activated
     */
    List<Node> waitReady();

    /** As {@link #waitReady()}, but at most for this long from now. */
    List<Node> waitReady(Duration limit);

    /**
     * The next of its nodes in turn; blocks as {@link #waitReady()}.
     *
     * @throws DeploymentException also if it has lost all its nodes
     */
    Node node();

    /**
     * A node that this method has not given before, so that callers who share the nodes never get the same one. Blocks
     * until there is one, at most for this long from now; does not wait for the others. An interrupt ends the wait as in
     * {@link #waitReady()}.
     *
     * @throws NodesMissingException if none came in time; at once if none can come any more
     * @throws DeploymentException if it is undeployed
     */
    Node take(Duration limit);

    /**
     * The technical services its nodes have now, in order of application. Those that only the nodes of one source have,
     * as a node provider may ask for, are among them.
     */
    List<ServiceUse> services();

    /** Which of its nodes are weaker than {@link #services()} says, and why; empty if all is well. */
    List<Degradation> degraded();

    /**
     * Applies one more technical service, to the nodes there are and to those to come. Either all nodes get it, or none
     * keeps it; one that comes at that moment and cannot have it stays without, and is among those {@link #degraded()}.
     * Blocks until it is done.
     *
     * @throws DeploymentException if it is not installed, does not go together with those there, or fails on a node
     */
    void apply(ServiceUse service);

    /**
     * Removes a technical service, from the nodes there are and for those to come, whether the descriptor asked for it or
     * {@link #apply}. Blocks until it is done.
     *
     * @param id its id in the descriptor, or the one it was applied with; or the id or class of the service, if the
     *     virtual node has that once
     * @throws DeploymentException if it has no such service, or another one requires it; or if a node could not remove it:
     *     the message names it, the others have lost the service, and it can be removed again
     */
    void removeService(String id);
}
