package org.actium.deployment.api;

import java.time.Duration;
import java.util.Objects;
import org.actium.runtime.api.Node;

/** Something that happened to a deployment. {@link Object#toString()} of each is a line for people. */
public sealed interface DeploymentEvent {

    /** @param detail for example {@code process 4711} */
    record Launched(String runtime, String detail) implements DeploymentEvent {
        @Override
        public String toString() {
            return runtime + ": started, " + detail;
        }
    }

    /** @param after since it was launched, or since the deployment began for an acquired one */
    record Joined(String runtime, Duration after) implements DeploymentEvent {
        @Override
        public String toString() {
            return runtime + ": joined after " + after.toMillis() + " ms";
        }
    }

    /** The runtime will not join: it was not started, ended by itself, or joined and could not be prepared. */
    record Failed(String runtime, String reason) implements DeploymentEvent {
        @Override
        public String toString() {
            return runtime + ": failed: " + reason;
        }
    }

    /** A runtime that had joined is gone. */
    record Lost(String runtime, String reason) implements DeploymentEvent {
        @Override
        public String toString() {
            return runtime + ": lost: " + reason;
        }
    }

    /** The node has its technical services and belongs to the virtual node now. */
    record NodeAttached(String virtualNode, Node node) implements DeploymentEvent {
        public NodeAttached {
            Objects.requireNonNull(node, "node");
        }

        @Override
        public String toString() {
            return virtualNode + ": node " + node.url();
        }
    }

    record Ready(String virtualNode, int nodes) implements DeploymentEvent {
        @Override
        public String toString() {
            return virtualNode + ": ready with " + nodes + (nodes == 1 ? " node" : " nodes");
        }
    }

    /**
     * The virtual node will not be ready.
     *
     * @param reason names the virtual node, and says what is missing and why
     */
    record NotReady(String virtualNode, String reason) implements DeploymentEvent {
        @Override
        public String toString() {
            return reason;
        }
    }

    /** A node of the virtual node is weaker than that says, from now on or for another reason than before. */
    record Degraded(String virtualNode, Degradation degradation) implements DeploymentEvent {
        public Degraded {
            Objects.requireNonNull(degradation, "degradation");
        }

        @Override
        public String toString() {
            return virtualNode + ": degraded: " + degradation;
        }
    }

    /** What was wrong with a technical service of the node is so no longer: it is as it should be there, or not wanted. */
    record Mended(String virtualNode, String node, String service) implements DeploymentEvent {
        @Override
        public String toString() {
            return virtualNode + ": mended: node " + node + " is what it should be as to technical service '" + service
                    + "'";
        }
    }
}
