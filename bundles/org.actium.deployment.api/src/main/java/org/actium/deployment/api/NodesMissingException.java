package org.actium.deployment.api;

import java.time.Duration;
import java.util.Objects;

/** A virtual node did not give the nodes that somebody waited for; the message says which runtimes are missing, and why. */
public final class NodesMissingException extends DeploymentException {

    private static final long serialVersionUID = 1;

    private final String virtualNode;
    private final int expected;
    private final int attached;
    private final Duration waited;

    /** @param waited how long this wait lasted; less than its limit if it was clear that nothing would come */
    public NodesMissingException(String message, String virtualNode, int expected, int attached, Duration waited) {
        super(message);
        this.virtualNode = Objects.requireNonNull(virtualNode, "virtualNode");
        this.expected = expected;
        this.attached = attached;
        this.waited = Objects.requireNonNull(waited, "waited");
    }

    public String virtualNode() {
        return virtualNode;
    }

    /** How many nodes the descriptor promises. */
    public int expected() {
        return expected;
    }

    /** How many it had when the wait ended. */
    public int attached() {
        return attached;
    }

    public Duration waited() {
        return waited;
    }
}
