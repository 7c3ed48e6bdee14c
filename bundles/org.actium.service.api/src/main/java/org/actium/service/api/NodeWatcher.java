package org.actium.service.api;

import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what happens on one node. Must not block; an exception is logged. Any thread. A thread that is on its way to it when its
 * service leaves is not waited for: it may come, once, after what the service works with is closed.
 */
@ConsumerType
public interface NodeWatcher {

    /** An active object begins; its constructor has not run yet. */
    default void began(BodyId object, Class<?> type) {}

    /** It serves nothing any more. */
    default void ended(BodyId object) {}

    /** The node is being removed; what runs on it ends. */
    default void leaving() {}
}
