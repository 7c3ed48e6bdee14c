package org.actium.deployment.api;

import java.time.Duration;
import java.util.List;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** A name in an application, with the nodes that a deployment gave it. Any thread may call any method. */
@ProviderType
public interface VirtualNode {

    String name();

    /** How many nodes the descriptor promises; those that take whatever comes promise none. */
    int expected();

    /** The nodes it has now, in an order that does not depend on which came first. */
    List<Node> nodes();

    /** Whether it has its nodes, with all technical services applied. */
    boolean isReady();

    /**
     * Blocks until it is ready, at most for the time-out of its descriptor counted from activation.
     *
     * @return its nodes
     * @throws DeploymentException if it does not become ready: what is missing, and why
     */
    List<Node> waitReady();

    /** As {@link #waitReady()}, but at most for this long from now. */
    List<Node> waitReady(Duration limit);

    /** The next of its nodes in turn; blocks as {@link #waitReady()}. */
    Node node();
}
