package org.actium.deadlock.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Offered as a service by those who want to hear of deadlocks. */
@ConsumerType
@FunctionalInterface
public interface DeadlockListener {

    /**
     * Called once for each deadlock, in one of the runtimes that have a part in it, on a thread of its own. What it throws
     * is logged.
     */
    void found(Deadlock deadlock);
}
