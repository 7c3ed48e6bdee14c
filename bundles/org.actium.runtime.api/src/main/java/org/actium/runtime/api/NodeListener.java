package org.actium.runtime.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of the nodes of this runtime. Called without any lock held; an exception is logged and does not reach the caller. */
@ConsumerType
public interface NodeListener {

    default void created(Node node) {}

    /** The node is no longer listed; what ran on it must end now. */
    default void removed(Node node) {}
}
