package org.actium.service.core;

import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.TechnicalServiceException;

/** The nodes that this runtime has now. */
record ListedNodes(ActiumRuntime runtime) {

    boolean contains(Node node) {
        return runtime.node(node.name()).filter(node::equals).isPresent();
    }

    /** The node itself, of which others may have been given another handle. */
    Node required(Node node) {
        return runtime.node(node.name()).filter(node::equals).orElseThrow(() -> missing(node));
    }

    /** Not another one, which has got its name since. @param node which {@link #required} has given */
    void requireStill(Node node) {
        if (runtime.node(node.name()).filter(present -> present == node).isEmpty()) {
            throw missing(node);
        }
    }

    private TechnicalServiceException missing(Node node) {
        return new TechnicalServiceException("node '" + node.name()
                + "': technical services cannot be applied, because runtime " + runtime.name()
                + " has no such node (any more)");
    }
}
