package org.actium.service.api;

import org.actium.object.spi.MessageInterceptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one technical service brings to one node. Everything given here is undone when the service is removed from the
 * node, or if it fails to be applied: last first, after {@link TechnicalService#remove}. Only while the service is being
 * applied.
 */
@ProviderType
public interface Contributions {

    /**
     * Shows the interceptor every message of the active objects on the node, of those there and of those to come, from
     * when all services of the node are applied. Which object is meant, the request says.
     *
     * <p>Of several services the first in order is the outermost: what arrives passes it first, what leaves, last. On a
     * node that works already, an interceptor does not hear of the end of what was being served when it came, nor when it had
     * left. Before {@link TechnicalService#remove} is called, and so before anything given here is closed, all threads have left
     * the interceptor and no other comes, unless one hangs in it for more than ten seconds. So an interceptor does not remove
     * its own service.
     */
    void intercept(MessageInterceptor interceptor);

    /** Sets a property of the node. Undoing restores the value from before, unless somebody has set another one since. */
    void property(String key, String value);

    /** Tells the watcher what happens on the node, of the objects there at once that they are there. */
    void watch(NodeWatcher watcher);

    /** A component of the service for this node alone: closed when the service leaves the node. */
    <T extends AutoCloseable> T run(T component);
}
