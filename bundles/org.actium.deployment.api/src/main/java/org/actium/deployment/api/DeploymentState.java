package org.actium.deployment.api;

/** {@code ACTIVATING → READY → UNDEPLOYING → UNDEPLOYED}; {@code ACTIVATING → FAILED → UNDEPLOYING}. */
public enum DeploymentState {
    /** Runtimes are on their way, or no virtual node is activated yet. */
    ACTIVATING,
    /** Every virtual node that is activated has its nodes. */
    READY,
    /** A virtual node did not get its nodes; what came is still there. */
    FAILED,
    UNDEPLOYING,
    UNDEPLOYED
}
