package org.actium.service.core;

import java.util.List;
import java.util.function.Predicate;
import org.actium.runtime.api.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes technical services off nodes, last first, and gives an instance back when the last of its nodes has gone. A service
 * that fails meanwhile does not stop the others.
 */
final class Remover {

    private static final Logger LOG = LoggerFactory.getLogger(Remover.class);

    private final NodeServices services;
    private final Arrangement arrangement;
    private final ListedNodes nodes;
    private final ChangeListeners listeners;

    Remover(NodeServices services, Arrangement arrangement, ListedNodes nodes, ChangeListeners listeners) {
        this.services = services;
        this.arrangement = arrangement;
        this.nodes = nodes;
        this.listeners = listeners;
    }

    /** As {@link org.actium.service.api.TechnicalServices#remove(Node, String)} says it. */
    void remove(Node node, String use) {
        NodeServices.Taken taken = services.take(node, use);
        undo(node, taken.services());
        if (taken.waited()) {
            listeners.tell();
        }
    }

    /** All that the node has; nothing of it comes back. */
    void removeAll(Node node) {
        services.forgetWithdrawn(node, _ -> true);
        remove(node, _ -> true);
    }

    /** What fits and is still on the node. */
    void remove(Node node, Predicate<Applied> which) {
        undo(node, services.take(node, which));
    }

    /** What of this is still on the node. @param done in order of application */
    void rollBack(Node node, List<Applied> done) {
        undo(node, services.take(node, done));
    }

    /** What the node had, and has no more. @param taken in order of application */
    void undo(Node node, List<Applied> taken) {
        if (!taken.isEmpty()) {
            arrangement.arrange(node);
        }
        taken.reversed().forEach(one -> undo(node, one));
    }

    /** What is not, or no more, among what the node has. */
    void undo(Node node, Applied one) {
        try {
            one.instance().remove(node);
        } catch (RuntimeException | Error failed) {
            LOG.warn(
                    "node {}: technical service '{}' could not be removed",
                    node.name(),
                    one.use().id(),
                    failed);
        }
        one.contributions().undo();
        leave(one.instance());
    }

    /** A node uses the instance no more. */
    void leave(SharedInstance instance) {
        if (services.leave(instance)) {
            close(instance);
        }
    }

    void close(SharedInstance instance) {
        try {
            instance.close();
        } catch (RuntimeException gone) {
            LOG.debug(
                    "technical service '{}': its instance went with its bundle",
                    instance.key().use().id(),
                    gone);
        }
    }

    /** To be called after something is noted about a node: it may have gone before, when nobody forgets it any more. */
    void forgetUnlessListed(Node node) {
        if (!nodes.contains(node)) {
            forget(node);
        }
    }

    /** The node has gone, and has no service any more. */
    void forget(Node node) {
        services.forget(node);
        arrangement.forget(node);
    }
}
